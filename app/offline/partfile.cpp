#include "app/offline/partfile.h"

#include <algorithm>
#include <cerrno>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include "core/io/diskfile.h"

namespace marea::app {

using core::ErrorCode;
using core::Result;

namespace {

constexpr qint64 kHash = 32;
const QString kDescription = QStringLiteral("/etag");

// Said by the system, as Qt has no word of its own for a full disk everywhere.
tl::unexpected<core::Error> ioError(const QFile& file) {
    const bool full = file.error() == QFileDevice::ResourceError || core::meansFull(errno);
    return core::fail(full ? ErrorCode::Busy : ErrorCode::Io, {}, file.errorString().toStdString());
}

}  // namespace

PartFile::PartFile(QString folder)
    : folder_(std::move(folder)), part_(partPath(folder_)), hashes_(folder_ + QStringLiteral("/blocks")) {}

// Blocks whose hash was noted count, and what lies behind them is hashed anew.
Result<qint64> PartFile::open() {
    close();
    QDir().mkpath(folder_);
    errno = 0;
    const auto mode = QIODevice::ReadWrite | QIODevice::Unbuffered;
    if (!part_.open(mode))
        return ioError(part_);
    if (!hashes_.open(mode))
        return ioError(hashes_);
    readDescription();
    if (etag_.isEmpty())
        return keep(0).map([] { return qint64{0}; });
    const qint64 blocks = std::min(part_.size() / kBlock, hashes_.size() / kHash);
    if (!hashes_.resize(blocks * kHash) || !hashes_.seek(blocks * kHash))
        return ioError(hashes_);
    return readTail(blocks * kBlock).map([this] { return size_; });
}

void PartFile::readDescription() {
    QFile file(folder_ + kDescription);
    const auto lines = file.open(QIODevice::ReadOnly) ? file.readAll().split('\n') : QList<QByteArray>();
    etag_ = lines.value(0).startsWith('"') ? lines.value(0) : QByteArray();
    whole_ = etag_.isEmpty() ? -1 : lines.value(1, "-1").toLongLong();
}

Result<void> PartFile::describe(const QByteArray& etag, qint64 whole) {
    if (etag == etag_ && whole == whole_)
        return {};
    QSaveFile file(folder_ + kDescription);
    const auto text = etag + '\n' + QByteArray::number(whole);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return core::fail(ErrorCode::Io, {}, file.errorString().toStdString());
    etag_ = etag;
    whole_ = whole;
    return {};
}

Result<void> PartFile::readTail(qint64 from) {
    size_ = from;
    hash_.reset();
    if (!part_.seek(from))
        return ioError(part_);
    while (true) {
        const auto piece = part_.read(kBlock);
        if (piece.isEmpty())
            return part_.error() == QFileDevice::NoError ? Result<void>() : ioError(part_);
        if (auto taken = take(piece.constData(), piece.size()); !taken)
            return taken;
    }
}

// Counts bytes that are in the file, and notes the hash of each block that they make whole.
Result<void> PartFile::take(const char* bytes, qint64 count) {
    while (count > 0) {
        const qint64 now = std::min(count, kBlock - size_ % kBlock);
        hash_.addData(QByteArray::fromRawData(bytes, static_cast<int>(now)));
        size_ += now;
        bytes += now;
        count -= now;
        if (size_ % kBlock == 0) {
            if (hashes_.write(hash_.result()) != kHash)
                return ioError(hashes_);
            hash_.reset();
        }
    }
    return {};
}

Result<void> PartFile::append(const QByteArray& bytes) {
    errno = 0;
    qint64 written = 0;
    while (written < bytes.size()) {
        const qint64 now = part_.write(bytes.constData() + written, bytes.size() - written);
        if (now <= 0)
            return ioError(part_);
        if (auto taken = take(bytes.constData() + written, now); !taken)
            return taken;
        written += now;
    }
    return {};
}

Result<void> PartFile::keep(qint64 bytes) {
    if (!part_.resize(bytes) || !hashes_.resize(bytes / kBlock * kHash) || !hashes_.seek(hashes_.size()))
        return ioError(part_);
    return readTail(bytes / kBlock * kBlock);
}

Result<void> PartFile::restart() {
    QFile::remove(folder_ + kDescription);
    etag_.clear();
    whole_ = -1;
    return keep(0);
}

Result<void> PartFile::finish(const std::atomic<bool>& cancelled) {
    core::flushFile(part_.handle());
    if (!part_.seek(0) || !hashes_.seek(0))
        return ioError(part_);
    const QByteArray tail = hash_.result();
    for (qint64 at = 0; at < size_; at += kBlock) {
        if (cancelled)
            return core::fail(ErrorCode::Cancelled, {});
        const auto block = part_.read(std::min(kBlock, size_ - at));
        const bool whole = size_ - at >= kBlock;
        const auto noted = whole ? hashes_.read(kHash) : tail;
        if (QCryptographicHash::hash(block, QCryptographicHash::Sha256) != noted) {
            if (auto kept = keep(at); !kept)
                return kept;
            return core::fail(ErrorCode::Corrupt, {}, "block " + std::to_string(at / kBlock));
        }
    }
    close();
    QFile::remove(mediaPath(folder_));
    if (!part_.rename(mediaPath(folder_)))
        return ioError(part_);
    part_.setFileName(partPath(folder_));
    QFile::remove(hashes_.fileName());
    QFile::remove(folder_ + kDescription);
    return {};
}

void PartFile::close() {
    part_.close();
    hashes_.close();
}

}  // namespace marea::app
