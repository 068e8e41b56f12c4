{
  "targets": [
    {
      "target_name": "sqlite3mc",
      "type": "static_library",
      "sources": ["../node_modules/better-sqlite3-multiple-ciphers/deps/sqlite3/sqlite3.c"],
      "include_dirs": ["../node_modules/better-sqlite3-multiple-ciphers/deps/sqlite3"],
      "direct_dependent_settings": {
        "include_dirs": ["../node_modules/better-sqlite3-multiple-ciphers/deps/sqlite3"],
      },
      "cflags": ["-w", "-O2"],
      "xcode_settings": {"WARNING_CFLAGS": ["-w"], "GCC_OPTIMIZATION_LEVEL": "2"},
      "msvs_settings": {"VCCLCompilerTool": {"RuntimeLibrary": 0, "WarningLevel": 0}},
      "defines": [
        "NDEBUG",
        "_REENTRANT=1",
        "HAVE_USLEEP=1",
        "SQLITE_THREADSAFE=1",
        "SQLITE_DQS=0",
        # What does not fit into memory must not come to lie in a file beside the database, in plain text.
        "SQLITE_TEMP_STORE=3",
        "SQLITE_ENABLE_FTS5",
        "SQLITE_ENABLE_MATH_FUNCTIONS",
        "SQLITE_ENABLE_DBSTAT_VTAB=1",
      ],
    },
    {
      "target_name": "node_sqlite3",
      "dependencies": ["sqlite3mc"],
      "sources": [
        "../node_modules/sqlite3/src/backup.cc",
        "../node_modules/sqlite3/src/database.cc",
        "../node_modules/sqlite3/src/node_sqlite3.cc",
        "../node_modules/sqlite3/src/statement.cc",
      ],
      "include_dirs": ["../node_modules/node-addon-api"],
      "defines": ["NAPI_VERSION=6", "NAPI_DISABLE_CPP_EXCEPTIONS=1"],
      "cflags!": ["-fno-exceptions"],
      "cflags_cc!": ["-fno-exceptions"],
      "xcode_settings": {"GCC_ENABLE_CPP_EXCEPTIONS": "YES", "CLANG_CXX_LIBRARY": "libc++"},
      "msvs_settings": {"VCCLCompilerTool": {"ExceptionHandling": 1}},
    },
  ],
}
