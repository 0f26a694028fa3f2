#include "player/engine/mpvnode.h"

#include <cstring>
#include <QCoreApplication>

#include "player/engine/mpvlibrary.h"

namespace marea::player {
namespace {

mpv_node textNode(QByteArray& text) {
    mpv_node node{};
    node.format = MPV_FORMAT_STRING;
    node.u.string = text.data();
    return node;
}

// Nodes for a list of pairs; `list` points into the vectors, which must outlive it.
struct MapNode {
    std::vector<mpv_node> values;
    std::vector<char*> keys;
    mpv_node_list list{};

    void add(QByteArray& key, const mpv_node& value) {
        keys.push_back(key.data());
        values.push_back(value);
    }
    mpv_node node() {
        list.num = static_cast<int>(values.size());
        list.values = values.data();
        list.keys = keys.data();
        mpv_node out{};
        out.format = MPV_FORMAT_NODE_MAP;
        out.u.list = &list;
        return out;
    }
};

Track readTrack(const mpv_node& node, const QString& kind, const QList<QByteArray>& added) {
    Track track;
    track.id = static_cast<int>(numberField(node, "id"));
    track.kind = kind == QLatin1String("video") ? Track::Kind::Video
                 : kind == QLatin1String("sub") ? Track::Kind::Subtitle
                                                : Track::Kind::Audio;
    track.language = textField(node, "lang");
    track.title = textField(node, "title");
    track.codec = textField(node, "codec");
    track.channels = static_cast<int>(numberField(node, "demux-channel-count"));
    track.forced = flagField(node, "forced");
    track.external = flagField(node, "external");
    const QString file = textField(node, "external-filename");
    track.added = track.external ? static_cast<int>(added.indexOf(file.toUtf8())) : -1;
    if (track.added >= 0 && track.title == file.section(QLatin1Char('/'), -1))
        track.title.clear();  // mpv's, where none was given: the end of an address says nothing
    track.selected = flagField(node, "selected");
    return track;
}

}  // namespace

void NamedCommand::addMap(QByteArray key, QList<std::pair<QByteArray, QByteArray>> values) {
    mapKey_ = std::move(key);
    map_ = std::move(values);
}

int NamedCommand::send(mpv_handle* mpv, std::uint64_t reply) {
    MapNode command, inner;
    for (auto& [key, value] : texts_) {
        command.add(key, textNode(value));
    }
    for (auto& [key, value] : map_) {
        inner.add(key, textNode(value));
    }
    if (!map_.isEmpty()) {
        command.add(mapKey_, inner.node());
    }
    mpv_node node = command.node();
    return libmpv().commandNodeAsync(mpv, reply, &node);
}

const mpv_node* field(const mpv_node& map, const char* key) {
    if (map.format != MPV_FORMAT_NODE_MAP) {
        return nullptr;
    }
    for (int i = 0; i < map.u.list->num; ++i) {
        if (std::strcmp(map.u.list->keys[i], key) == 0) {
            return &map.u.list->values[i];
        }
    }
    return nullptr;
}

QString textField(const mpv_node& map, const char* key) {
    const mpv_node* node = field(map, key);
    return node && node->format == MPV_FORMAT_STRING ? QString::fromUtf8(node->u.string) : QString();
}

std::int64_t numberField(const mpv_node& map, const char* key, std::int64_t fallback) {
    const mpv_node* node = field(map, key);
    return node && node->format == MPV_FORMAT_INT64 ? node->u.int64 : fallback;
}

double realField(const mpv_node& map, const char* key, double fallback) {
    const mpv_node* node = field(map, key);
    return node && node->format == MPV_FORMAT_DOUBLE ? node->u.double_ : fallback;
}

bool flagField(const mpv_node& map, const char* key) {
    const mpv_node* node = field(map, key);
    return node && node->format == MPV_FORMAT_FLAG && node->u.flag != 0;
}

TrackList readTracks(const mpv_node& list, const QList<QByteArray>& added) {
    TrackList out;
    for (int i = 0; list.format == MPV_FORMAT_NODE_ARRAY && i < list.u.list->num; ++i) {
        const mpv_node& node = list.u.list->values[i];
        const QString kind = textField(node, "type");
        const bool picture = kind == QLatin1String("video");
        if (picture && (flagField(node, "albumart") || flagField(node, "image"))) {
            continue;
        }
        out.video = out.video || picture;
        out.tracks.append(readTrack(node, kind, added));
    }
    return out;
}

QList<Chapter> readChapters(const mpv_node& list) {
    QList<Chapter> out;
    for (int i = 0; list.format == MPV_FORMAT_NODE_ARRAY && i < list.u.list->num; ++i) {
        const mpv_node& node = list.u.list->values[i];
        out.append(Chapter{realField(node, "time"), textField(node, "title")});
    }
    return out;
}

QList<AudioDevice> readDevices(const mpv_node& list) {
    QList<AudioDevice> out;
    for (int i = 0; list.format == MPV_FORMAT_NODE_ARRAY && i < list.u.list->num; ++i) {
        const AudioDevice device{textField(list.u.list->values[i], "name"),
                                 textField(list.u.list->values[i], "description")};
        if (device.name != QLatin1String("auto")) {
            out.append(device);
        }
    }
    return out;
}

void readPicture(const mpv_node& params, PlaybackFacts& into) {
    into.transfer = textField(params, "gamma");
    into.primaries = textField(params, "primaries");
    into.peak = realField(params, "sig-peak");
    into.width = static_cast<int>(numberField(params, "w"));
    into.height = static_cast<int>(numberField(params, "h"));
}

void readSound(const mpv_node& params, PlaybackFacts& into) {
    into.sampleRate = static_cast<int>(numberField(params, "samplerate"));
    into.channels = static_cast<int>(numberField(params, "channel-count"));
    into.sampleFormat = textField(params, "format");
}

QString wordsFor(int mpvError, const std::string& streamReason) {
    if (!streamReason.empty()) {
        return QCoreApplication::translate("Player", streamReason.c_str());
    }
    switch (mpvError) {
        case MPV_ERROR_UNKNOWN_FORMAT:
        case MPV_ERROR_LOADING_FAILED:
            return QCoreApplication::translate(
                "Player", "This file can't be played: it is damaged, or of a kind that Marea does not play");
        case MPV_ERROR_NOTHING_TO_PLAY:
            return QCoreApplication::translate("Player",
                                               "This file can't be played: there is neither picture nor sound in it");
        case MPV_ERROR_AO_INIT_FAILED:
            return QCoreApplication::translate("Player", "This file can't be played: no sound device could be opened");
        case MPV_ERROR_VO_INIT_FAILED:
            return QCoreApplication::translate("Player", "This file can't be played: its picture could not be shown");
        default:
            return QCoreApplication::translate("Player", "This file can't be played");
    }
}

}  // namespace marea::player
