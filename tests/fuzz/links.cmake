# What each fuzzer links: set(MAREA_FUZZ_LINK_<name> <targets>) for <name>_fuzz.cpp.
set(MAREA_FUZZ_LINK_capabilities marea::video marea::core)
set(MAREA_FUZZ_LINK_worker_protocol marea::worker_protocol marea::core)
set(MAREA_FUZZ_LINK_httprules marea::gateway_rules marea::core)
set(MAREA_FUZZ_LINK_subtitles marea::packaging marea::core)
