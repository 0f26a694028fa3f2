#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <unistd.h>
#include <filesystem>
#include <fstream>

#include "tests/integration/worker/workerfixture.h"

using namespace marea;
using namespace marea::server::test;

namespace {

// A server that nobody should call.
class Bait {
public:
    Bait() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(socket_, reinterpret_cast<sockaddr*>(&address), size);
        ::listen(socket_, 8);
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/film.ts";
    }
    ~Bait() { ::close(socket_); }
    const std::string& url() const { return url_; }
    bool wasCalled() const {
        pollfd polled{socket_, POLLIN, 0};
        return ::poll(&polled, 1, 0) > 0;
    }

private:
    int socket_;
    std::string url_;
};

// Tells whether a file was opened.
class Watch {
public:
    explicit Watch(const std::string& path) : inotify_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
        ::inotify_add_watch(inotify_, path.c_str(), IN_OPEN | IN_ACCESS);
    }
    ~Watch() { ::close(inotify_); }
    bool sawOpen() const {
        pollfd polled{inotify_, POLLIN, 0};
        return ::poll(&polled, 1, 0) > 0;
    }

private:
    int inotify_;
};

std::string hls(const std::string& target) {
    return "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n" + target + "\n#EXT-X-ENDLIST\n";
}

std::string dash(const std::string& target) {
    return "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><Period><AdaptationSet "
           "mimeType=\"video/mp4\"><Representation id=\"1\" bandwidth=\"1\"><BaseURL>" +
           target + "</BaseURL></Representation></AdaptationSet></Period></MPD>";
}

}  // namespace

// Playlists and scripts under the names of films: nothing that they name is opened, here or over the network.
TEST(Disguise, APlaylistOpensNothing) {
    PoolUnderTest test(1);
    const TemporaryFolder folder;
    const Bait bait;
    const std::string secret = folder.write("secret.ts", std::string(188 * 100, '\x47'));
    const Watch watch(secret);
    const std::string crypto = "#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"" + bait.url() + "\"\n#EXTINF:1,\n" + secret;
    const std::vector<std::string> contents = {
        hls(secret),
        hls("file://" + secret),
        hls("secret.ts"),
        hls(bait.url()),
        crypto,
        hls("concat:" + secret),
        "ffconcat version 1.0\nfile '" + secret + "'\n",
        "ffconcat version 1.0\nfile '" + bait.url() + "'\n",
        dash(secret),
        dash(bait.url()),
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n",
        "[playlist]\nFile1=" + bait.url() + "\n",
        "RTSPtextRTSP://127.0.0.1/x",
        ";FFMETADATA1\ntitle=x\n"};
    for (const std::string& content : contents) {
        for (const char* name : {"film.mp4", "film.mkv", "film.ts", "song.mp3", "song.flac", "song.aac", "song.ac3",
                                 "song.wav", "list.m3u8", "film"}) {
            const auto info = test.probe(fileWith(content), name);
            ASSERT_FALSE(info) << name << ": " << content;
            EXPECT_EQ(info.error().code, core::ErrorCode::Corrupt) << name << ": " << content;
            EXPECT_FALSE(info.error().text.empty());
            EXPECT_FALSE(test.image(fileWith(content), name, 100));
        }
    }
    EXPECT_FALSE(bait.wasCalled());
    EXPECT_FALSE(watch.sawOpen());
    EXPECT_EQ(test.pool.status().deaths, 0u);
}

TEST(Disguise, APlaylistIsNamedNoMediaFile) {
    PoolUnderTest test(1);
    const auto info = test.probe(fileWith(hls("http://127.0.0.1:1/x.ts")), "film.mp4");
    ASSERT_FALSE(info);
    EXPECT_EQ(info.error().text, "Not a media file that Marea knows");
}
