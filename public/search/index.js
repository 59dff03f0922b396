askbookSearch.start("core.e78a220f.js");
