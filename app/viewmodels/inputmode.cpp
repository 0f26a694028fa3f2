#include "app/viewmodels/inputmode.h"

#include <QCoreApplication>
#include <QKeyEvent>

namespace marea::app {
namespace {

// Keys that go somewhere. Whoever types a word, or pauses with the space bar, has not left the pointer.
bool walks(int key) {
    switch (key) {
        case Qt::Key_Tab:
        case Qt::Key_Backtab:
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_Left:
        case Qt::Key_Right:
        case Qt::Key_Home:
        case Qt::Key_End:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
        case Qt::Key_Return:
        case Qt::Key_Enter:
            return true;
        default:
            return false;
    }
}

}  // namespace

InputMode::InputMode(QObject* parent) : QObject(parent) {
    qApp->installEventFilter(this);
}

bool InputMode::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::KeyPress:
            if (walks(static_cast<QKeyEvent*>(event)->key()))
                set(true);
            break;
        case QEvent::MouseButtonPress:
        case QEvent::TouchBegin:
            set(false);
            break;
        default:
            break;
    }
    return QObject::eventFilter(watched, event);
}

void InputMode::set(bool keyboard) {
    if (keyboard_ == keyboard)
        return;
    keyboard_ = keyboard;
    Q_EMIT keyboardChanged();
}

}  // namespace marea::app
