#pragma once

#include <functional>
#include <QObject>
#include <QTimer>

namespace marea::app {

// What has just been done, in a sentence at the foot of the window, and how it is undone. The latest only; it goes by
// itself. GUI thread.
class Notices : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString text READ text NOTIFY changed)
    Q_PROPERTY(QString actionText READ actionText NOTIFY changed)
    Q_PROPERTY(bool warning READ warning NOTIFY changed)
public:
    using Action = std::function<void()>;
    explicit Notices(QObject* parent = nullptr);

    QString text() const { return text_; }
    QString actionText() const { return actionText_; }
    bool warning() const { return warning_; }

    void tell(const QString& text, const QString& actionText = {}, Action action = {});
    void warn(const QString& text);

    Q_INVOKABLE void act();
    Q_INVOKABLE void dismiss();
    Q_INVOKABLE void hold(bool on);  // the pointer or the keyboard is on it: it stays

Q_SIGNALS:
    void changed();

private:
    void show(const QString& text, const QString& actionText, Action action, bool warning);

    QTimer timer_;
    QString text_, actionText_;
    Action action_;
    bool warning_ = false;
};

}  // namespace marea::app
