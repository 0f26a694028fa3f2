#include "player/cache/filebytesource.h"

#include <QFile>
#include <QFileInfo>

namespace marea::player {

using core::ErrorCode;
using core::fail;

struct FileByteSource::File {
    QFile handle;
};

FileByteSource::FileByteSource(std::unique_ptr<File> file) : file_(std::move(file)) {}
FileByteSource::~FileByteSource() = default;

core::Result<std::unique_ptr<ByteSource>> FileByteSource::open(const QString& path) {
    const QFileInfo info(path);
    if (!info.exists()) {
        return fail(ErrorCode::NotFound, QT_TRANSLATE_NOOP("Player", "The file is not there any more"));
    }
    if (!info.isFile()) {
        return fail(ErrorCode::Forbidden, QT_TRANSLATE_NOOP("Player", "This is not a file that can be played"));
    }
    auto file = std::make_unique<File>();
    file->handle.setFileName(path);
    if (!file->handle.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        return fail(ErrorCode::Io, QT_TRANSLATE_NOOP("Player", "The file can't be opened"),
                    file->handle.errorString().toStdString());
    }
    return std::unique_ptr<ByteSource>(new FileByteSource(std::move(file)));
}

core::Result<std::int64_t> FileByteSource::size() {
    return file_->handle.size();
}

core::Result<std::size_t> FileByteSource::read(std::int64_t offset, std::span<char> out) {
    if (cancelled_) {
        return fail(ErrorCode::Cancelled, "Cancelled");
    }
    QFile& file = file_->handle;
    if (file.pos() != offset && !file.seek(offset)) {
        return fail(ErrorCode::Io, QT_TRANSLATE_NOOP("Player", "The file can't be read"),
                    file.errorString().toStdString());
    }
    const qint64 got = file.read(out.data(), static_cast<qint64>(out.size()));
    if (got < 0) {
        return fail(ErrorCode::Io, QT_TRANSLATE_NOOP("Player", "The file can't be read"),
                    file.errorString().toStdString());
    }
    return static_cast<std::size_t>(got);
}

}  // namespace marea::player
