# cmake -DINPUT=… -DOUTPUT=… -P embed_openapi.cmake: the document as bytes, in lines short enough for any compiler.
file(READ "${INPUT}" hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)" "\\1\n" bytes "${bytes}")
file(WRITE "${OUTPUT}" "#include \"server/web/openapi.h\"

namespace marea::server {

namespace {
constexpr unsigned char document[] = {
${bytes}
};
}  // namespace

std::string_view openApiDocument() { return {reinterpret_cast<const char*>(document), sizeof document}; }

}  // namespace marea::server
")
