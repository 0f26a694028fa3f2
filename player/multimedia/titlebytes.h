#pragma once

#include <memory>
#include <mutex>
#include <QIODevice>
#include <string>

#include "player/cache/bytesource.h"

namespace marea::player {

// The bytes of one title for a framework that reads on a thread of its own. Opened there, and given up from anywhere.
class TitleBytes {
public:
    explicit TitleBytes(OpenByteSource open) : open_(std::move(open)) {}

    // On the reading thread; block. open() also looks whether it is media at all.
    core::Result<void> open();
    std::int64_t size() const { return size_; }
    bool read(std::int64_t offset, std::span<char> out);  // all of it, or false

    void cancel();              // any thread: ends a waiting call, and every later one
    core::Error error() const;  // any thread; why read() said false, empty text: it did not

private:
    core::Result<std::shared_ptr<ByteSource>> opened();

    OpenByteSource open_;
    std::int64_t size_ = -1;
    mutable std::mutex mutex_;
    std::shared_ptr<ByteSource> source_;
    bool cancelled_ = false;
    core::Error error_;
};

// The same as a device that is read at any place. A read is whole or it is the end: Qt's GStreamer backend (6.4,
// qgstappsrc.cpp) hands on as many bytes as it asked for, whatever it got.
class TitleDevice : public QIODevice {
    Q_OBJECT
public:
    explicit TitleDevice(std::shared_ptr<TitleBytes> bytes);

    bool isSequential() const override { return false; }
    qint64 size() const override { return bytes_->size(); }

protected:
    qint64 readData(char* data, qint64 most) override;
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    std::shared_ptr<TitleBytes> bytes_;
};

}  // namespace marea::player
