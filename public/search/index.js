askbookSearch.start("core.7b5990a2.js");
