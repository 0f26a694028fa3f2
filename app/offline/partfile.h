#pragma once

#include <atomic>
#include <QByteArray>
#include <QCryptographicHash>
#include <QFile>
#include <QString>

#include "core/base/result.h"

namespace marea::app {

// A file that comes in pieces over a long time, in a folder of its own: "media.part", and beside it which file it is
// (its strong ETag and size) and the SHA-256 of every whole block as it came over the wire. Killed at any moment it
// goes on with what is there; nothing becomes "media" before all of it was read back and is what came. One thread at a
// time. Errors: Io; Busy when the disk is full; Corrupt when something else was read back.
class PartFile {
public:
    static constexpr qint64 kBlock = 1 << 20;  // bytes

    explicit PartFile(QString folder);

    core::Result<qint64> open();  // how many bytes are there
    // Which file the bytes belong to that follow; of another one than before nothing may be there. Without a strong
    // ETag nothing is put together: open() finds it empty.
    core::Result<void> describe(const QByteArray& etag, qint64 whole);
    QByteArray etag() const { return etag_; }
    qint64 whole() const { return whole_; }  // bytes that it will have; -1: not known
    core::Result<void> append(const QByteArray& bytes);
    core::Result<void> restart();  // from nothing
    // Reads all back, and gives it its name. Corrupt: what is good of it is kept, and open() tells how much.
    core::Result<void> finish(const std::atomic<bool>& cancelled);
    void close();
    qint64 size() const { return size_; }

    static QString mediaPath(const QString& folder) { return folder + QStringLiteral("/media"); }
    static QString partPath(const QString& folder) { return folder + QStringLiteral("/media.part"); }

private:
    core::Result<void> take(const char* bytes, qint64 count);
    core::Result<void> keep(qint64 bytes);
    core::Result<void> readTail(qint64 from);
    void readDescription();

    QString folder_;
    QFile part_, hashes_;
    QCryptographicHash hash_{QCryptographicHash::Sha256};  // of the block that is not whole yet
    qint64 size_ = 0, whole_ = -1;
    QByteArray etag_;
};

}  // namespace marea::app
