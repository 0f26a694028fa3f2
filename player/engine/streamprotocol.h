#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <QByteArray>
#include <QString>

#include "player/cache/bytesource.h"

struct mpv_handle;
struct mpv_stream_cb_info;

namespace marea::player {

// The protocol marea://<n>[.<extension>] inside one libmpv handle: the only way by which it gets at bytes. What is
// not in the table does not open. Any thread.
class StreamProtocol {
public:
    struct Entry {
        int id = 0;
        OpenByteSource open;
        std::function<void(int id)> onError;  // any thread; reason() tells why

        std::string reason() const;  // in words; empty when nothing went wrong
        void fail(const core::Error& error);

    private:
        mutable std::mutex mutex_;
        std::string reason_;
    };

    core::Result<void> install(mpv_handle* mpv);

    // `extension` helps where content alone does not tell the format; may be empty.
    std::shared_ptr<Entry> add(OpenByteSource open, std::function<void(int id)> onError);
    static QByteArray address(int id, const QString& extension);
    void remove(int id);

private:
    static int openStream(void* self, char* uri, mpv_stream_cb_info* info);

    std::mutex mutex_;
    std::map<int, std::shared_ptr<Entry>> entries_;
    int last_ = 0;
};

}  // namespace marea::player
