import QtQuick
import QtQuick.Window

// The same window, small and above all others: what plays is not interrupted, and stays where it is drawn.
QtObject {
    id: small
    required property Window window
    property bool on: false
    property rect before
    property int visibilityBefore: Window.Windowed
    readonly property int extraFlags: Qt.WindowStaysOnTopHint | Qt.FramelessWindowHint

    function set(wanted) {
        if (wanted === on) return
        if (wanted) shrink()
        else grow()
    }
    function shrink() {
        visibilityBefore = window.visibility
        if (visibilityBefore !== Window.Windowed) window.showNormal()
        before = Qt.rect(window.x, window.y, window.width, window.height)
        on = true   // its least size is another from now on
        window.flags |= extraFlags
        const screen = window.screen
        place(Qt.rect(screen.virtualX + screen.width - 400 - 24, screen.virtualY + screen.height - 225 - 24, 400, 225))
    }
    function grow() {
        window.flags &= ~extraFlags
        place(before)
        on = false
        if (visibilityBefore === Window.Maximized) window.showMaximized()
        else if (visibilityBefore === Window.FullScreen) window.showFullScreen()
    }
    function place(to) {
        window.width = to.width
        window.height = to.height
        window.x = to.x
        window.y = to.y
    }
}
