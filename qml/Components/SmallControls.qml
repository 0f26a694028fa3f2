import QtQuick
import Marea
import Marea.App

// What the small window has room for. The picture moves the window, its corner resizes it.
Item {
    id: controls
    required property PlayerViewModel player
    signal largeWanted()

    readonly property bool shown: hover.hovered || !player.playing || player.failed
    component Control: IconButton { color: Theme.onPicture; hoverColor: Theme.pictureHover; width: 40; height: 40 }

    HoverHandler { id: hover }
    DragHandler { target: null; onActiveChanged: if (active) controls.Window.window.startSystemMove() }
    TapHandler { onDoubleTapped: controls.largeWanted() }

    Rectangle { anchors.fill: parent; visible: controls.shown; color: Theme.pictureVeil }
    Row {
        anchors.centerIn: parent
        visible: controls.shown && !controls.player.failed
        spacing: 4
        Control { iconName: "rotate-ccw"; text: qsTr("10 seconds back"); onClicked: controls.player.seekBy(-10) }
        Control {
            round: true
            iconSize: 26
            iconName: controls.player.playing ? "pause" : "play"
            text: controls.player.playing ? qsTr("Pause") : qsTr("Play")
            onClicked: controls.player.togglePause()
        }
        Control { iconName: "rotate-cw"; text: qsTr("10 seconds on"); onClicked: controls.player.seekBy(10) }
    }
    Label {
        anchors { left: parent.left; right: parent.right; margins: 12; verticalCenter: parent.verticalCenter }
        visible: controls.player.failed
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        maximumLineCount: 3
        text: controls.player.problem
        color: Theme.onPicture
    }
    Control {
        anchors { top: parent.top; right: parent.right; margins: 4 }
        visible: controls.shown
        iconName: "maximize"
        text: qsTr("Back to the large window")
        shortcut: "W"
        onClicked: controls.largeWanted()
    }
    Rectangle {
        anchors { left: parent.left; bottom: parent.bottom }
        height: 3
        width: controls.player.duration > 0 ? parent.width * controls.player.position / controls.player.duration : 0
        color: Theme.pictureAccent
    }
    MouseArea {
        anchors { right: parent.right; bottom: parent.bottom }
        width: 20; height: 20
        cursorShape: Qt.SizeFDiagCursor
        onPressed: controls.Window.window.startSystemResize(Qt.RightEdge | Qt.BottomEdge)
    }
}
