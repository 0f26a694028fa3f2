#include "tests/integration/pipeline/transcodefixture.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace marea::server::test {
namespace {

std::string contents(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

template <class T>
std::string madeOrFail(core::Result<T> result, const char* what) {
    if (result)
        return std::move(*result);
    ADD_FAILURE() << what << ": " << result.error().text << " (" << result.error().detail << ")";
    return {};
}

template <class Transcoder, class Encoding>
std::string segmentOf(Transcoder& transcoder, const Encoding& encoding, const Cut& cut, int number) {
    auto made = transcoder.segment(encoding, cut.from, cut.to);
    if (!made)
        return madeOrFail<std::string>(core::unexpected(made.error()), "segment");
    return madeOrFail(writeFragment(made->format, made->packets, number), "fragment");
}

template <class Transcoder, class Encoding>
std::string initOf(Transcoder& transcoder, const Encoding& encoding) {
    auto format = transcoder.format(encoding);
    if (!format)
        return madeOrFail<std::string>(core::unexpected(format.error()), "format");
    return madeOrFail(writeInit(*format), "init");
}

template <class Transcoder, class Encoding>
std::string wholeOf(Transcoder& transcoder, const Encoding& encoding, const std::vector<Cut>& cuts) {
    std::string whole = initOf(transcoder, encoding);
    for (std::size_t i = 0; i < cuts.size(); ++i)
        whole += segmentOf(transcoder, encoding, cuts[i], static_cast<int>(i));
    return whole;
}

}  // namespace

Folder::Folder() {
    std::string name = std::filesystem::temp_directory_path() / "marea-transcode-XXXXXX";
    if (::mkdtemp(name.data()))
        path_ = name;
}

Folder::~Folder() {
    std::error_code ignored;
    if (!path_.empty())
        std::filesystem::remove_all(path_, ignored);
}

Ran run(const std::vector<std::string>& arguments) {
    const Folder folder;
    std::vector<char*> argv;
    for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, (folder / "out").c_str(), O_WRONLY | O_CREAT, 0600);
    posix_spawn_file_actions_addopen(&actions, 2, (folder / "err").c_str(), O_WRONLY | O_CREAT, 0600);
    pid_t id = -1;
    const int error = ::posix_spawnp(&id, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    if (error != 0 || ::waitpid(id, &status, 0) != id)
        return {};
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 126, contents(folder / "out"), contents(folder / "err")};
}

bool makeMedia(const std::string& path, std::vector<std::string> arguments) {
    const std::vector<std::string> front{"ffmpeg", "-v", "error", "-nostdin", "-y"};
    arguments.insert(arguments.begin(), front.begin(), front.end());
    arguments.push_back(path);
    return run(arguments).code == 0;
}

void writeFile(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

Film::Film(const std::string& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    av_log_set_level(AV_LOG_QUIET);
    auto source = MediaSource::open(file_.get(), std::filesystem::path(path).filename());
    if (!source)
        throw std::runtime_error(source.error().text);
    source_ = std::make_unique<MediaSource>(std::move(*source));
    auto input = AvInput::open(*source_);
    if (!input)
        throw std::runtime_error(input.error().text);
    input_ = std::move(*input);
    avformat_find_stream_info(input_->context(), nullptr);
    const AVRational unit{1, AV_TIME_BASE}, tick{1, static_cast<int>(kTicksPerSecond)};
    if (input_->context()->start_time != AV_NOPTS_VALUE)
        origin_ = av_rescale_q(input_->context()->start_time, unit, tick);
    duration_ = av_rescale_q(input_->context()->duration, unit, tick);
}

int Film::stream(AVMediaType type) const {
    for (unsigned i = 0; i < input_->context()->nb_streams; ++i) {
        if (input_->context()->streams[i]->codecpar->codec_type == type)
            return static_cast<int>(i);
    }
    return -1;
}

Rational Film::frameRate() const {
    const AVRational rate = input_->context()->streams[stream(AVMEDIA_TYPE_VIDEO)]->avg_frame_rate;
    return {rate.num, rate.den};
}

std::unique_ptr<VideoTranscoder> Film::video() {
    auto made = VideoTranscoder::open(*source_, stream(AVMEDIA_TYPE_VIDEO), origin_);
    if (!made)
        throw std::runtime_error(made.error().text);
    (*made)->setBeside(beside_);
    return std::move(*made);
}

std::unique_ptr<AudioTranscoder> Film::audio() {
    auto made = AudioTranscoder::open(*source_, stream(AVMEDIA_TYPE_AUDIO), origin_);
    if (!made)
        throw std::runtime_error(made.error().text);
    return std::move(*made);
}

std::string videoSegment(VideoTranscoder& transcoder, const VideoEncoding& encoding, const Cut& cut, int number) {
    return segmentOf(transcoder, encoding, cut, number);
}
std::string audioSegment(AudioTranscoder& transcoder, const AudioEncoding& encoding, const Cut& cut, int number) {
    return segmentOf(transcoder, encoding, cut, number);
}
std::string videoInit(VideoTranscoder& transcoder, const VideoEncoding& encoding) {
    return initOf(transcoder, encoding);
}
std::string audioInit(AudioTranscoder& transcoder, const AudioEncoding& encoding) {
    return initOf(transcoder, encoding);
}

std::string wholeVideo(Film& film, const VideoEncoding& encoding, const std::vector<Cut>& cuts) {
    return wholeOf(*film.video(), encoding, cuts);
}
std::string wholeAudio(Film& film, const AudioEncoding& encoding, const std::vector<Cut>& cuts) {
    return wholeOf(*film.audio(), encoding, cuts);
}

}  // namespace marea::server::test
