# What each bench program links beyond marea::core, one line a program: set(MAREA_BENCH_LINK_<file> <targets>).
set(MAREA_BENCH_LINK_first_frame PkgConfig::LIBAV)
set(MAREA_BENCH_LINK_gateway_bench marea::gateway)
set(MAREA_BENCH_LINK_player_frames marea::player)
set(MAREA_BENCH_LINK_engine_work marea::io marea::pipeline)
set(MAREA_BENCH_LINK_catalog_rows marea::apps_catalog marea::db)
set(MAREA_BENCH_LINK_sync_work marea::sync_massstorage)
