#include "tests/integration/mediatext/mediatext.h"

#include <unistd.h>
#include <cstdlib>

#include "server/pipeline/libav.h"
#include "server/pipeline/subtitlesofmedia.h"

namespace marea::server::test {

OpenMedia::OpenMedia(const std::string& path) : file_(openFile(path)), name_(fileName(path)) {}

core::Result<MediaSource> OpenMedia::source() {
    return MediaSource::open(file_.get(), name_);
}

core::Result<std::string> OpenMedia::webVtt(const std::string& language) {
    auto opened = source();
    return opened ? webVttOfFile(*opened, language) : core::unexpected(opened.error());
}

core::Result<std::string> OpenMedia::webVtt(int stream, const std::string& language) {
    auto opened = session();
    return opened ? (*opened)->subtitles({stream, language}) : core::unexpected(opened.error());
}

core::Result<std::unique_ptr<SegmentSession>> OpenMedia::session() {
    auto opened = source();
    return opened ? SegmentSession::open(std::move(*opened)) : core::unexpected(opened.error());
}

MediaText::MediaText() {
    av_log_set_level(AV_LOG_QUIET);
}

std::string MediaText::corpus(const std::string& file) {
    const char* root = std::getenv("MAREA_TEST_MEDIA");
    const std::string path = root ? std::string(root) + "/" + file : std::string();
    return root && ::access(path.c_str(), R_OK) == 0 ? path : std::string();
}

std::string MediaText::make(const std::string& name, std::vector<std::string> arguments) {
    std::vector<std::string> command{"ffmpeg", "-v", "error", "-nostdin", "-y"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    command.push_back(inFolder(name));
    return run(command) == 0 ? inFolder(name) : std::string();
}

}  // namespace marea::server::test
