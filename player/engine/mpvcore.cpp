#include "player/engine/mpvcore.h"

#include <mpv/client.h>

#include <clocale>

#include "player/engine/mpvlibrary.h"

namespace marea::player {
namespace {

// What a title may be. No playlists (hls, dash, concat, ffconcat, sdp…), nothing that names another file (vobsub).
constexpr char formats[] =
    "aac,ac3,eac3,ac4,adts,aiff,alac,amr,ape,asf,ass,au,av1,obu,avi,caf,dff,dsf,iff,dts,dtshd,dv,flac,flv,gxf,h264,"
    "hevc,"
    "ivf,jacosub,lrc,m4v,matroska,webm,microdvd,mlp,mov,mp4,m4a,3gp,mj2,mp3,mpc,mpc8,mpeg,mpegts,mpegvideo,mpl2,mpsub,"
    "mxf,nsv,nut,oga,ogg,ogv,oma,pjs,rm,sami,srt,stl,subviewer,subviewer1,sup,tak,truehd,tta,vc1,voc,vplayer,w64,wav,"
    "webvtt,wtv,wv,xwma,y4m,yuv4mpegpipe";

const char* const settings[][2] = {
    // Nothing from outside: no configuration, scripts, downloader, keys; nothing that a file names.
    {"config", "no"},
    {"load-scripts", "no"},
    {"ytdl", "no"},
    {"osc", "no"},
    {"input-default-bindings", "no"},
    {"input-vo-keyboard", "no"},
    {"terminal", "no"},
    {"access-references", "no"},
    {"load-unsafe-playlists", "no"},
    {"ordered-chapters", "no"},
    {"sub-auto", "no"},
    {"audio-file-auto", "no"},
    {"cover-art-auto", "no"},
    {"audio-display", "no"},
    {"resume-playback", "no"},
    // Playing.
    {"idle", "yes"},
    {"keep-open", "yes"},
    {"keep-open-pause", "no"},
    {"gapless-audio", "weak"},
    {"prefetch-playlist", "yes"},
    {"hwdec", "auto-safe"},
    {"cache", "yes"},
    {"cache-pause-initial", "no"},
    {"demuxer-max-bytes", "64MiB"},
    {"demuxer-max-back-bytes", "32MiB"},
    {"network-timeout", "5"},
    {"volume-max", "100"},
    {"audio-client-name", "Marea"},
};

core::Error startError(const char* what, int code) {
    return core::Error{core::ErrorCode::Internal, std::string(what) + ": " + libmpv().errorString(code),
                       QT_TRANSLATE_NOOP("Player", "The player can't be started")};
}

}  // namespace

core::Result<std::shared_ptr<MpvCore>> MpvCore::create(const EngineOptions& options) {
    // Qt sets the user's locale; mpv_create() returns null when the decimal separator is a comma.
    std::setlocale(LC_NUMERIC, "C");
    if (auto there = MpvLibrary::load(); !there) {
        return core::unexpected<core::Error>(there.error());
    }
    std::shared_ptr<MpvCore> core(new MpvCore);
    if (auto started = core->start(options); !started) {
        return core::unexpected<core::Error>(started.error());
    }
    return core;
}

MpvCore::~MpvCore() {
    if (handle_) {
        libmpv().terminateDestroy(handle_);
    }
}

core::Result<void> MpvCore::start(const EngineOptions& options) {
    http_ = options.http;
    handle_ = libmpv().create();
    if (!handle_) {
        return core::fail(core::ErrorCode::Internal, QT_TRANSLATE_NOOP("Player", "The player can't be started"),
                          "mpv_create");
    }
    QList<std::pair<QByteArray, QByteArray>> all;
    for (const auto& [name, value] : settings) {
        all.emplaceBack(name, value);
    }
    // In brackets: a bare comma would end the value.
    all.emplaceBack("demuxer-lavf-o", QByteArray("protocol_whitelist=[data],format_whitelist=[") + formats + "]");
    all.emplaceBack("vo", options.video == VideoOutput::Scene ? "libmpv" : "null");
    if (!options.audioOutput.isEmpty()) {
        all.emplaceBack("ao", options.audioOutput.toUtf8());
    }
    all += options.extra;
    for (const auto& [name, value] : all) {
        if (const int code = libmpv().setOptionString(handle_, name.constData(), value.constData()); code < 0) {
            return core::unexpected<core::Error>(startError(name.constData(), code));
        }
    }
    if (const int code = libmpv().initialize(handle_); code < 0) {
        return core::unexpected<core::Error>(startError("mpv_initialize", code));
    }
    return protocol_.install(handle_);
}

}  // namespace marea::player
