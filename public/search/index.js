askbookSearch.start("core.7fe2f2e3.js");
