# cmake -DINPUT=… -DOUTPUT=… -DHEADER=… -DFUNCTION=… -P embed_text.cmake: a file as the bytes that a function gives, in
# lines short enough for any compiler.
file(READ "${INPUT}" hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)" "\\1\n" bytes "${bytes}")
file(WRITE "${OUTPUT}" "#include \"${HEADER}\"

namespace marea::server {

namespace {
constexpr unsigned char document[] = {
${bytes}
};
}  // namespace

std::string_view ${FUNCTION}() { return {reinterpret_cast<const char*>(document), sizeof document}; }

}  // namespace marea::server
")
