#include "tests/integration/pipeline/burnfixture.h"

namespace marea::server::test {
namespace {

void put(std::string& out, std::uint32_t value, int bytes) {
    for (int i = bytes - 1; i >= 0; --i)
        out += static_cast<char>(value >> (8 * i));
}

void segment(std::string& out, double at, int type, const std::string& data) {
    out += "PG";
    put(out, static_cast<std::uint32_t>(at * 90'000 + 0.5), 4);
    put(out, 0, 4);
    put(out, static_cast<std::uint32_t>(type), 1);
    put(out, static_cast<std::uint32_t>(data.size()), 2);
    out += data;
}

// Run lengths of colour 1, line by line.
std::string lines(int width, int height) {
    std::string out;
    for (int row = 0; row < height; ++row) {
        put(out, 0x00C00001U | static_cast<std::uint32_t>(width) << 8, 4);  // 00 11LLLLLL LLLLLLLL colour
        put(out, 0, 2);
    }
    return out;
}

std::string composition(int width, int height, int number, const PgsBox* box) {
    std::string out;
    put(out, static_cast<std::uint32_t>(width), 2);
    put(out, static_cast<std::uint32_t>(height), 2);
    put(out, 0x10, 1);
    put(out, static_cast<std::uint32_t>(number), 2);
    put(out, box ? 0x80 : 0x00, 1);  // the start of an epoch
    put(out, 0, 2);
    put(out, box ? 1 : 0, 1);
    if (box) {
        put(out, 0, 2);
        put(out, 0, 2);
        put(out, static_cast<std::uint32_t>(box->x), 2);
        put(out, static_cast<std::uint32_t>(box->y), 2);
    }
    return out;
}

void window(std::string& out, double at, const PgsBox& box) {
    std::string data;
    put(data, 0x0100, 2);
    for (const int value : {box.x, box.y, box.width, box.height})
        put(data, static_cast<std::uint32_t>(value), 2);
    segment(out, at, 0x17, data);
}

void show(std::string& out, int width, int height, int number, const PgsBox& box) {
    segment(out, box.from, 0x16, composition(width, height, number, &box));
    window(out, box.from, box);
    std::string palette;
    put(palette, 0, 2);
    for (const std::uint32_t value : {0x01U, static_cast<std::uint32_t>(box.luma), 0x80U, 0x80U, 0xFFU})
        put(palette, value, 1);
    segment(out, box.from, 0x14, palette);
    const std::string pixels = lines(box.width, box.height);
    std::string object;
    put(object, 0, 2);
    put(object, 0x00C0, 2);
    put(object, static_cast<std::uint32_t>(pixels.size()) + 4, 3);
    put(object, static_cast<std::uint32_t>(box.width), 2);
    put(object, static_cast<std::uint32_t>(box.height), 2);
    segment(out, box.from, 0x15, object + pixels);
    segment(out, box.from, 0x80, {});
}

}  // namespace

std::string assFile(const std::string& family, const std::vector<std::string>& dialogues) {
    std::string out =
        "[Script Info]\nScriptType: v4.00+\nPlayResX: 640\nPlayResY: 360\nScaledBorderAndShadow: yes\n\n"
        "[V4+ Styles]\nFormat: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, "
        "Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, "
        "MarginL, MarginR, MarginV, Encoding\nStyle: Default," +
        family +
        ",40,&H00FFFFFF,&H000000FF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,2,2,2,10,10,10,1\n\n"
        "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n";
    for (const std::string& dialogue : dialogues)
        out += "Dialogue: 0," + dialogue + "\n";
    return out;
}

std::string pgsFile(int width, int height, const std::vector<PgsBox>& boxes) {
    std::string out;
    int number = 0;
    for (const PgsBox& box : boxes) {
        show(out, width, height, number++, box);
        segment(out, box.to, 0x16, composition(width, height, number++, nullptr));
        window(out, box.to, box);
        segment(out, box.to, 0x80, {});
    }
    return out;
}

VideoEncoding burning(std::optional<int> stream, int width, int height) {
    VideoEncoding encoding;
    encoding.width = width;
    encoding.height = height;
    encoding.frameRate = {25, 1};
    encoding.bitrate = 8'000'000;
    encoding.burnStream = stream;
    return encoding;
}

std::vector<std::uint8_t> greyPicture(const std::string& path, int number) {
    const Folder folder;
    run({"ffmpeg", "-v", "error", "-nostdin", "-i", path, "-vf", "select=eq(n\\," + std::to_string(number) + ")",
         "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "gray", folder / "grey"});
    const Ran read = run({"cat", folder / "grey"});
    return {read.out.begin(), read.out.end()};
}

}  // namespace marea::server::test
