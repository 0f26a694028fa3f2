import QtQuick
import Marea
import Marea.App

// What plays on another device, at the foot of every page while nothing plays here.
FocusScope {
    id: bar
    required property RemoteViewModel remote
    property bool narrow: false
    readonly property var playing: remote.elsewhere
    readonly property bool any: playing.device !== undefined

    implicitHeight: narrow ? 64 : 56
    Rectangle { anchors.fill: parent; color: Theme.surface }
    Rectangle { width: parent.width; height: 1; color: Theme.line }
    Icon {
        id: mark
        anchors { left: parent.left; leftMargin: bar.narrow ? 16 : 24; verticalCenter: parent.verticalCenter }
        name: "monitor"
        size: 20
        color: Theme.accent
    }
    Column {
        anchors { left: mark.right; leftMargin: 12; right: actions.left; rightMargin: 12; verticalCenter: parent.verticalCenter }
        spacing: 1
        Label { width: parent.width; text: bar.playing.title ?? ""; weight: Font.Medium }
        Label {
            width: parent.width
            text: bar.remote.problem !== "" ? bar.remote.problem
                : bar.playing.paused ? qsTr("Paused on %1").arg(bar.playing.name ?? "") : qsTr("Playing on %1").arg(bar.playing.name ?? "")
            color: bar.remote.problem !== "" ? Theme.error : Theme.secondary
            font.pixelSize: Theme.tiny
        }
    }
    Row {
        id: actions
        anchors { right: parent.right; rightMargin: bar.narrow ? 12 : 16; verticalCenter: parent.verticalCenter }
        spacing: 8
        IconButton {
            anchors.verticalCenter: parent.verticalCenter
            iconName: bar.playing.paused ? "play" : "pause"
            text: bar.playing.paused ? qsTr("Go on there") : qsTr("Pause there")
            onClicked: bar.remote.togglePause(bar.playing.device)
        }
        AppButton { anchors.verticalCenter: parent.verticalCenter; text: qsTr("Play here"); onClicked: bar.remote.playHere(bar.playing.device) }
    }
}
