#pragma once

#include <QObject>

namespace marea::app {

// Whether somebody goes about the pages with the keyboard or with a pointer: the ring around what has the focus helps
// the one and is in the way of the other. Watches the whole program. GUI thread.
class InputMode : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool keyboard READ keyboard NOTIFY keyboardChanged)
public:
    explicit InputMode(QObject* parent = nullptr);

    bool keyboard() const { return keyboard_; }

Q_SIGNALS:
    void keyboardChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void set(bool keyboard);

    bool keyboard_ = false;
};

}  // namespace marea::app
