#pragma once

#include <mpv/client.h>

#include <QByteArray>
#include <QList>
#include <QString>
#include <utility>
#include <vector>

#include "player/session/playerengine.h"

namespace marea::player {

// A command with named arguments, kept alive while mpv copies it.
class NamedCommand {
public:
    explicit NamedCommand(QByteArray name) { add("name", std::move(name)); }
    void add(QByteArray key, QByteArray value) { texts_.emplaceBack(std::move(key), std::move(value)); }
    // A map as the value of `key`, such as loadfile's options.
    void addMap(QByteArray key, QList<std::pair<QByteArray, QByteArray>> values);

    // Sends it; the reply event carries `reply`. Returns mpv's code.
    int send(mpv_handle* mpv, std::uint64_t reply);

private:
    QList<std::pair<QByteArray, QByteArray>> texts_, map_;
    QByteArray mapKey_;
};

// Reading what mpv answers. A field that is missing or of another kind gives the fallback.
const mpv_node* field(const mpv_node& map, const char* key);
QString textField(const mpv_node& map, const char* key);
std::int64_t numberField(const mpv_node& map, const char* key, std::int64_t fallback = 0);
double realField(const mpv_node& map, const char* key, double fallback = 0);
bool flagField(const mpv_node& map, const char* key);

struct TrackList {
    QList<Track> tracks;  // without cover art
    bool video = false;   // one is a moving picture
};
// `added`: the addresses of the subtitles that were added, which mpv opens and lists in any order.
TrackList readTracks(const mpv_node& list, const QList<QByteArray>& added = {});
QList<Chapter> readChapters(const mpv_node& list);
QList<AudioDevice> readDevices(const mpv_node& list);  // without the one that stands for the system's choice
void readPicture(const mpv_node& params, PlaybackFacts& into);
void readSound(const mpv_node& params, PlaybackFacts& into);

// Why a file did not play, for a person. `streamReason` is what the stream said, and wins.
QString wordsFor(int mpvError, const std::string& streamReason);

}  // namespace marea::player
