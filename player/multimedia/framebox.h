#pragma once

#include <functional>
#include <mutex>
#include <QString>
#include <QVideoFrame>
#include <utility>

namespace marea::player {

// The newest picture and the words on it, between the framework's threads and whoever draws. Any thread.
class FrameBox {
public:
    struct Shown {
        QVideoFrame frame;
        QString words;
    };

    void setFrame(const QVideoFrame& frame) {
        change([&] { shown_.frame = frame; });
    }
    void setWords(const QString& words) {
        change([&] { shown_.words = words; });
    }
    Shown shown() const {
        const std::lock_guard lock(mutex_);
        return shown_;
    }
    // Called after each change, on the thread that changed it; null: nobody draws. When it returns, the one before is
    // no longer called.
    void onChange(std::function<void()> changed) {
        const std::lock_guard lock(telling_);
        changed_ = std::move(changed);
    }

private:
    template <class Change>
    void change(Change make) {
        {
            const std::lock_guard lock(mutex_);
            make();
        }
        const std::lock_guard lock(telling_);
        if (changed_)
            changed_();
    }

    mutable std::mutex mutex_, telling_;
    Shown shown_;
    std::function<void()> changed_;
};

}  // namespace marea::player
