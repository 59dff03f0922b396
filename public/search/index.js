askbookSearch.start("core.d4cf268e.js");
