askbookSearch.start("core.b99d0da3.js");
