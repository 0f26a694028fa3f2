#pragma once

#include <functional>
#include <QObject>
#include <QTimer>

namespace marea::app {

// Ends playing after some minutes, or with what plays. GUI thread.
class SleepTimer : public QObject {
    Q_OBJECT
public:
    enum Wish { Off = 0, EndOfTitle = -1 };  // or minutes
    using Clock = std::function<qint64()>;   // ms, monotonic

    explicit SleepTimer(Clock clock, QObject* parent = nullptr);

    void set(int wish);
    int wish() const { return wish_; }
    int minutesLeft() const;  // rounded up; 0: not by minutes

Q_SIGNALS:
    void changed();
    void due();             // pause now
    void lastOne(bool on);  // nothing may follow what plays

private:
    void look();

    Clock clock_;
    QTimer timer_;
    qint64 until_ = 0;
    int wish_ = Off, told_ = 0;
};

}  // namespace marea::app
