# generated/marea_version.h: the version and the commit, written anew only when they change.
set(MAREA_VERSION_SCRIPT "${CMAKE_SOURCE_DIR}/cmake/write_version.cmake")
add_custom_target(marea_version_header
    COMMAND ${CMAKE_COMMAND} -DSOURCE=${CMAKE_SOURCE_DIR} -DVERSION=${PROJECT_VERSION}
            -DOUTPUT=${CMAKE_BINARY_DIR}/generated/marea_version.h -P ${MAREA_VERSION_SCRIPT}
    BYPRODUCTS ${CMAKE_BINARY_DIR}/generated/marea_version.h)
