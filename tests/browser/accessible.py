"""Says how many of the files it is given conform to PDF/UA-1, and what is wrong with the others."""
import sys

import page


def complaints(path):
    """The rules that the file at `path` breaks, a line each."""
    result = page.validate_pdf(path, profile="ua1")
    if result.is_compliant:
        return []
    return sorted({f"{path}: {failure.rule_id}: {failure.message}" for failure in result.failures})


files = sys.argv[1:]
broken = [lines for lines in map(complaints, files) if lines]
for lines in broken:
    print(*lines, sep="\n")
print(f"{len(files) - len(broken)} of {len(files)} files conform to PDF/UA-1")
