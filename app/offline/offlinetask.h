#pragma once

#include <optional>
#include <QJsonObject>
#include <QString>

namespace marea::app {

// One title that is to be on this computer, and how far that is. A value; on disk as JSON.
struct OfflineTask {
    enum class State {
        Waiting,    // for its turn, or for a server that is away
        Preparing,  // the server makes the file
        Loading,
        Paused,
        Done,
        Failed
    };
    enum class Why { None, Person, DiskFull, Limit };  // it is paused

    QString mediaId, kind, title, subtitle;
    QString quality = QStringLiteral("original"), format = QStringLiteral("original");
    QString downloadId, fileId, fileName, url;  // of the server's answer to the order
    qint64 size = -1, received = 0;             // bytes; -1: not known yet
    double prepared = 0;                        // 0 to 1, of what the server makes
    State state = State::Waiting;
    Why why = Why::None;
    QString problem;     // in words
    bool ahead = false;  // fetched by itself: makes way for others
    qint64 addedAt = 0;  // UTC ms
    qint64 usedAt = 0;   // when it was last played, or came
    bool music = false;
    QString keyId;     // of a protected title: what its licence is asked for by; its file is sealed
    qint64 until = 0;  // UTC ms that its licence holds; 0: there is none

    bool isProtected() const { return !keyId.isEmpty(); }
    bool done() const { return state == State::Done; }
    bool original() const { return format == QLatin1String("original"); }
    bool operator==(const OfflineTask&) const = default;
};

QJsonObject toJson(const OfflineTask& task);
std::optional<OfflineTask> offlineTaskFrom(const QJsonObject& json);  // nullopt: not one of ours

// Whether the server's id can be the name of a folder.
bool safeId(const QString& id);

}  // namespace marea::app
