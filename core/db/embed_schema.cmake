# cmake -DFOLDER=… -DOUTPUT=… -P embed_schema.cmake: writes a .cpp that holds every NNNN_name.sql in order.
cmake_minimum_required(VERSION 3.25)
file(GLOB files "${FOLDER}/*.sql")
list(SORT files)
set(entries "")
set(seen "")
foreach(path IN LISTS files)
    get_filename_component(base "${path}" NAME_WE)
    if(NOT base MATCHES "^([0-9][0-9][0-9][0-9])_([a-z0-9_]+)$")
        message(FATAL_ERROR "${path}: a migration is named NNNN_name.sql")
    endif()
    set(number "${CMAKE_MATCH_1}")
    set(name "${CMAKE_MATCH_2}")
    if(number IN_LIST seen)
        message(FATAL_ERROR "${path}: there are two migrations ${number}")
    endif()
    list(APPEND seen "${number}")
    string(REGEX REPLACE "^0+" "" version "${number}")
    file(READ "${path}" sql)
    string(APPEND entries "    {${version}, \"${name}\", R\"marea_sql(${sql})marea_sql\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "#include \"core/db/sqlitemigrate.h\"

namespace marea::core::db {

namespace {
constexpr Migration kMigrations[] = {
${entries}};
}  // namespace

std::span<const Migration> builtInMigrations() { return kMigrations; }

}  // namespace marea::core::db
")
