#pragma once

#include <gtest/gtest.h>

#include "server/pipeline/mediasource.h"
#include "server/pipeline/segmentsession.h"
#include "tests/integration/worker/workerfixture.h"

namespace marea::server::test {

// A file that subtitles or sprites are made of.
class OpenMedia {
public:
    explicit OpenMedia(const std::string& path);

    core::Result<std::string> webVtt(const std::string& language = {});              // of a subtitle
    core::Result<std::string> webVtt(int stream, const std::string& language = {});  // of a stream inside
    core::Result<std::unique_ptr<SegmentSession>> session();

private:
    core::Result<MediaSource> source();
    core::FileHandle file_;
    std::string name_;
};

// Files of the corpus, and such as the ffmpeg command makes; empty where there is none.
class MediaText : public testing::Test {
protected:
    MediaText();  // libav keeps its opinions to itself
    static std::string corpus(const std::string& file);
    std::string make(const std::string& name, std::vector<std::string> arguments);
    std::string write(const std::string& name, std::string_view text) { return folder_.write(name, text); }
    std::string inFolder(const std::string& name) const { return folder_.path() + "/" + name; }

private:
    TemporaryFolder folder_;
};

#define CORPUS_OR_SKIP(path, name)         \
    const std::string path = corpus(name); \
    if (path.empty())                      \
    GTEST_SKIP() << "not in MAREA_TEST_MEDIA: " << (name)

#define MAKE_OR_SKIP(path, ...)                 \
    const std::string path = make(__VA_ARGS__); \
    if (path.empty())                           \
    GTEST_SKIP() << "no ffmpeg command, or not this encoder"

}  // namespace marea::server::test
