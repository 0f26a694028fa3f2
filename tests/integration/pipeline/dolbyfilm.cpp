#include "tests/integration/pipeline/dolbyfilm.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "server/pipeline/libav.h"
#include "tests/integration/pipeline/transcodefixture.h"

namespace marea::server::test {
namespace {

using Matrix = std::array<Triple, 3>;
constexpr int denominator = 23;  // bits after the point

// IPT of Ebner and Fairchild, in 1/8192, and the crosstalk of 2 %, in 1/16384: the numbers that profile 5 carries.
constexpr int iptToLms[] = {8192, 799, 1681, 8192, -933, 1091, 8192, 267, -5545};
constexpr int noCrosstalk[] = {17081, -349, -349, -349, 17081, -349, -349, -349, 17081};

Matrix matrixOf(const int (&numbers)[9], double unit) {
    Matrix m{};
    for (std::size_t i = 0; i < 9; ++i)
        m[i / 3][i % 3] = numbers[i] / unit;
    return m;
}

// The inverse of the curves that rpu() writes.
Triple unshaped(const Triple& v) {
    return {v[0] < 0.45 ? v[0] / 0.9 : (v[0] + 0.1) / 1.1, (v[1] - 0.25) / 0.5, (v[2] - 0.25) / 0.5};
}

// Codes of 10 bits, full range.
Triple coded(const Triple& rgb) {
    Triple light;
    std::transform(rgb.begin(), rgb.end(), light.begin(), lightOf);
    const Triple plain = times(lmsOfBt2020(), light);
    Triple lms = times(inverse(matrixOf(noCrosstalk, 16384)), plain);
    for (double& value : lms)
        value = pqOf(std::max(value, 0.0));
    Triple ipt = times(inverse(matrixOf(iptToLms, 8192)), lms);
    ipt[1] += 0.5;
    ipt[2] += 0.5;
    ipt = unshaped(ipt);
    for (double& value : ipt)
        value = std::round(std::clamp(value, 0.0, 1.0) * 1023);
    return ipt;
}

class Bits {
public:
    void put(std::uint64_t value, int count) {
        for (int i = count - 1; i >= 0; --i)
            bits_.push_back((value >> i & 1) != 0);
    }
    void ue(std::uint64_t value) {
        int length = 0;
        while ((value + 1) >> (length + 1))
            ++length;
        put(0, length);
        put(value + 1, length + 1);
    }
    // A whole part and a fraction.
    void coefficient(double value) {
        const auto fixed = static_cast<std::int64_t>(std::llround(value * (1 << denominator)));
        const std::int64_t whole = fixed >> denominator;
        ue(static_cast<std::uint64_t>(whole > 0 ? 2 * whole - 1 : -2 * whole));
        put(static_cast<std::uint64_t>(fixed) & ((1U << denominator) - 1), denominator);
    }
    std::vector<std::uint8_t> bytes() const {
        std::vector<std::uint8_t> out((bits_.size() + 7) / 8);
        for (std::size_t i = 0; i < bits_.size(); ++i)
            out[i / 8] |= static_cast<std::uint8_t>(bits_[i] ? 0x80 >> i % 8 : 0);
        return out;
    }

private:
    std::vector<bool> bits_;
};

void putHeader(Bits& out) {
    out.put(25, 8);
    out.put(2, 6);    // type
    out.put(18, 11);  // format
    out.put(0, 4);    // profile
    out.put(0, 4);
    out.put(1, 1);  // sequence info
    out.put(0, 1);
    out.put(0, 2);  // fixed point
    out.ue(denominator);
    out.put(1, 2);
    out.put(1, 1);  // full range
    out.ue(2);
    out.ue(2);
    out.ue(4);
    out.put(0, 5);
    out.put(1, 1);  // no residual
    out.put(1, 1);  // colours follow
    out.put(0, 1);
    out.ue(0);
    out.ue(0);
    out.ue(0);
}

void putPolynomial(Bits& out, double constant, double slope, double square) {
    out.ue(0);
    out.ue(1);  // of order 2
    for (const double value : {constant, slope, square})
        out.coefficient(value);
}

void putCurves(Bits& out) {
    const std::vector<std::vector<int>> pivots{{0, 512, 511}, {0, 1023}, {0, 1023}};  // each from the one before it
    for (const auto& curve : pivots) {
        out.ue(curve.size() - 2);
        for (const int step : curve)
            out.put(static_cast<std::uint64_t>(step), 10);
    }
    out.ue(0);
    out.ue(0);
    putPolynomial(out, 0, 0.9, 0);
    putPolynomial(out, -0.1, 1.1, 0);
    putPolynomial(out, 0.25, 0.5, 0);
    out.ue(1);  // MMR of order 1: half the third component
    out.put(0, 2);
    out.coefficient(0.25);
    for (int i = 0; i < 7; ++i)
        out.coefficient(i == 2 ? 0.5 : 0);
}

void putColours(Bits& out) {
    for (int i = 0; i < 3; ++i)
        out.ue(0);
    for (const int value : iptToLms)
        out.put(static_cast<std::uint16_t>(value), 16);
    out.put(0, 32);
    out.put(1U << 27, 32);
    out.put(1U << 27, 32);
    for (const int value : noCrosstalk)
        out.put(static_cast<std::uint16_t>(value), 16);
    out.put(65535, 16);
    out.put(0, 16);
    out.put(0, 16);
    out.put(0, 32);
    out.put(12, 5);
    out.put(2, 2);  // IPT
    out.put(0, 2);
    out.put(1, 2);
    out.put(62, 12);
    out.put(3696, 12);
    out.put(42, 10);
    out.ue(0);  // no extension blocks
}

// CRC-32 of MPEG-2.
std::uint32_t checksum(const std::vector<std::uint8_t>& bytes, std::size_t from) {
    std::uint32_t crc = 0xFFFFFFFF;
    for (std::size_t i = from; i < bytes.size(); ++i) {
        crc ^= std::uint32_t{bytes[i]} << 24;
        for (int bit = 0; bit < 8; ++bit)
            crc = crc & 0x80000000 ? crc << 1 ^ 0x04C11DB7 : crc << 1;
    }
    return crc;
}

// A whole NAL unit of type 62.
std::vector<std::uint8_t> rpu() {
    Bits bits;
    putHeader(bits);
    putCurves(bits);
    putColours(bits);
    std::vector<std::uint8_t> plain = bits.bytes();
    const std::uint32_t crc = checksum(plain, 1);
    for (int shift = 24; shift >= 0; shift -= 8)
        plain.push_back(static_cast<std::uint8_t>(crc >> shift));
    plain.push_back(0x80);
    std::vector<std::uint8_t> out{0x7C, 0x01};
    for (const std::uint8_t byte : plain) {
        if (byte <= 3 && out.size() > 3 && out.back() == 0 && out[out.size() - 2] == 0)
            out.push_back(3);
        out.push_back(byte);
    }
    return out;
}

std::string rawPicture() {
    constexpr int width = DolbyFilm::kColumns * DolbyFilm::kTile, height = DolbyFilm::kRows * DolbyFilm::kTile;
    std::string out;
    for (std::size_t plane = 0; plane < 3; ++plane) {
        const int step = plane == 0 ? 1 : 2;
        for (int y = 0; y < height; y += step) {
            for (int x = 0; x < width; x += step) {
                const auto tile =
                    static_cast<std::size_t>(y / DolbyFilm::kTile * DolbyFilm::kColumns + x / DolbyFilm::kTile);
                const auto code = static_cast<int>(coded(DolbyFilm::colours()[tile])[plane]);
                out += static_cast<char>(code & 0xFF);
                out += static_cast<char>(code >> 8);
            }
        }
    }
    return out;
}

struct Muxing {
    AVFormatContext* in = nullptr;
    AVFormatContext* out = nullptr;
    ~Muxing() {
        if (out && out->pb)
            avio_closep(&out->pb);
        avformat_free_context(out);
        avformat_close_input(&in);
    }
};

AVDOVIDecoderConfigurationRecord configuration(int profile, int compatibility) {
    AVDOVIDecoderConfigurationRecord record{};
    record.dv_version_major = 1;
    record.dv_profile = static_cast<std::uint8_t>(profile);
    record.dv_bl_signal_compatibility_id = static_cast<std::uint8_t>(compatibility);
    record.dv_level = 1;
    record.rpu_present_flag = 1;
    record.bl_present_flag = 1;
    return record;
}

bool nameIt(AVStream* stream, const AVDOVIDecoderConfigurationRecord& record) {
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 31, 102)
    AVPacketSideData* data =
        av_packet_side_data_new(&stream->codecpar->coded_side_data, &stream->codecpar->nb_coded_side_data,
                                AV_PKT_DATA_DOVI_CONF, sizeof record, 0);
    std::uint8_t* to = data ? data->data : nullptr;
#else
    std::uint8_t* to = av_stream_new_side_data(stream, AV_PKT_DATA_DOVI_CONF, sizeof record);
#endif
    if (to)
        std::memcpy(to, &record, sizeof record);
    return to != nullptr;
}

bool append(AVPacket* packet, const std::vector<std::uint8_t>& unit) {
    const int before = packet->size;
    const auto size = static_cast<int>(unit.size());
    if (av_grow_packet(packet, size + 4) < 0)
        return false;
    for (int i = 0; i < 4; ++i)
        packet->data[before + i] = static_cast<std::uint8_t>(size >> (24 - 8 * i));
    std::memcpy(packet->data + before + 4, unit.data(), unit.size());
    return true;
}

// The same film with the name, and the RPUs where it is to have them.
bool rewrite(const std::string& from, const std::string& to, const AVDOVIDecoderConfigurationRecord& record,
             bool withMetadata) {
    Muxing files;
    if (avformat_open_input(&files.in, from.c_str(), nullptr, nullptr) < 0 ||
        avformat_find_stream_info(files.in, nullptr) < 0 ||
        avformat_alloc_output_context2(&files.out, nullptr, "mp4", to.c_str()) < 0 ||
        avio_open(&files.out->pb, to.c_str(), AVIO_FLAG_WRITE) < 0)
        return false;
    files.out->strict_std_compliance = FF_COMPLIANCE_UNOFFICIAL;
    AVStream* source = files.in->streams[0];
    AVStream* stream = avformat_new_stream(files.out, nullptr);
    if (!stream || avcodec_parameters_copy(stream->codecpar, source->codecpar) < 0 || !nameIt(stream, record))
        return false;
    stream->codecpar->codec_tag = MKTAG('h', 'v', 'c', '1');
    stream->time_base = source->time_base;
    if (avformat_write_header(files.out, nullptr) < 0)
        return false;
    const AvPtr<AVPacket> packet(av_packet_alloc());
    const auto unit = rpu();
    while (av_read_frame(files.in, packet.get()) >= 0) {
        if (withMetadata && !append(packet.get(), unit))
            return false;
        av_packet_rescale_ts(packet.get(), source->time_base, stream->time_base);
        if (av_interleaved_write_frame(files.out, packet.get()) < 0)
            return false;
    }
    return av_write_trailer(files.out) >= 0;
}

}  // namespace

bool nameDolbyVision(const std::string& from, const std::string& to, int profile, int compatibility) {
    return rewrite(from, to, configuration(profile, compatibility), false);
}

double lightOf(double pq) {
    const double power = std::pow(pq, 32.0 / 2523);
    return std::pow(std::max(power - 0.8359375, 0.0) / (18.8515625 - 18.6875 * power), 8192.0 / 1305);
}

double pqOf(double light) {
    const double power = std::pow(light, 1305.0 / 8192);
    return std::pow((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power), 2523.0 / 32);
}

Triple times(const Matrix& m, const Triple& v) {
    Triple out{};
    for (std::size_t i = 0; i < 3; ++i)
        out[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
    return out;
}

Matrix inverse(const Matrix& m) {
    Matrix out{};
    double determinant = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < 3; ++j) {
            const std::size_t a = (i + 1) % 3, b = (i + 2) % 3, c = (j + 1) % 3, d = (j + 2) % 3;
            out[j][i] = m[a][c] * m[b][d] - m[a][d] * m[b][c];
            determinant += i == 0 ? m[0][j] * out[j][0] : 0;
        }
    }
    for (Triple& row : out) {
        for (double& value : row)
            value /= determinant;
    }
    return out;
}

Matrix lmsOfBt2020() {
    const double primaries[3][2] = {{0.708, 0.292}, {0.170, 0.797}, {0.131, 0.046}}, white[2] = {0.3127, 0.3290};
    Matrix xyz{};
    for (std::size_t i = 0; i < 3; ++i) {
        xyz[0][i] = primaries[i][0] / primaries[i][1];
        xyz[1][i] = 1;
        xyz[2][i] = (1 - primaries[i][0] - primaries[i][1]) / primaries[i][1];
    }
    const Triple scale = times(inverse(xyz), {white[0] / white[1], 1, (1 - white[0] - white[1]) / white[1]});
    const Matrix hpe{Triple{0.4002, 0.7076, -0.0808}, Triple{-0.2263, 1.1653, 0.0457}, Triple{0, 0, 0.9182}};
    Matrix lms{};
    for (std::size_t i = 0; i < 3; ++i) {
        double sum = 0;
        for (std::size_t j = 0; j < 3; ++j) {
            for (std::size_t k = 0; k < 3; ++k)
                lms[i][j] += hpe[i][k] * xyz[k][j] * scale[j];
            sum += lms[i][j];
        }
        for (double& value : lms[i])
            value /= sum;  // white is 1 1 1
    }
    return lms;
}

const std::vector<Triple>& DolbyFilm::colours() {
    static const std::vector<Triple> list{{0.508, 0.508, 0.508}, {0.5, 0.3, 0.25},  {0.25, 0.5, 0.3}, {0.25, 0.3, 0.5},
                                          {0.5, 0.5, 0.3},       {0.45, 0.4, 0.35}, {0.1, 0.1, 0.1},  {0.7, 0.7, 0.7}};
    return list;
}

bool DolbyFilm::make(const std::string& path, bool withMetadata) {
    std::string frames;
    const std::string one = rawPicture();
    for (int i = 0; i < 24; ++i)
        frames += one;
    writeFile(path + ".yuv", frames);
    return makeMedia(path + ".mkv", {"-f", "rawvideo", "-pix_fmt", "yuv420p10le", "-s",
                                     std::to_string(kColumns * kTile) + "x" + std::to_string(kRows * kTile), "-r", "24",
                                     "-i", path + ".yuv", "-c:v", "libx265", "-x265-params",
                                     "log-level=none:crf=4:range=full:bframes=0", "-color_range", "pc"}) &&
           rewrite(path + ".mkv", path, configuration(5, 0), withMetadata);
}

}  // namespace marea::server::test
