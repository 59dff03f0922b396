askbookSearch.start("core.e7a1a912.js");
