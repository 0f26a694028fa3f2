import QtQuick
import QtQuick.Templates as T
import Marea
import Marea.App

// What is loaded, at the foot of every page.
FocusScope {
    id: mini
    required property PlayerViewModel player
    property bool narrow: false
    readonly property bool orders: player.isMusic && width >= Theme.widthCompact   // else there is no room
    signal playerWanted()

    objectName: "miniPlayer"
    implicitHeight: narrow ? 64 : 76
    Rectangle { anchors.fill: parent; color: Theme.surface }
    Rectangle { width: parent.width; height: 1; color: Theme.line }

    T.AbstractButton {
        id: what
        anchors { left: parent.left; leftMargin: 12; verticalCenter: parent.verticalCenter }
        width: mini.narrow ? mini.width - 12 - transport.width - 8 : Math.min(320, mini.width * 0.3)
        height: parent.height - 16
        hoverEnabled: true
        focusPolicy: Qt.StrongFocus
        text: mini.player.artist === "" ? mini.player.title : mini.player.title + ", " + mini.player.artist
        Accessible.role: Accessible.Button
        Accessible.name: qsTr("Show the player: %1").arg(text)
        Accessible.description: mini.player.waiting
        Accessible.onPressAction: clicked()
        Keys.onReturnPressed: clicked()
        Keys.onEnterPressed: clicked()
        onClicked: mini.playerWanted()
        background: Rectangle {
            radius: Theme.radiusControl
            color: what.hovered ? Theme.hover : "transparent"
            FocusRing { shown: what.visualFocus; offset: 0 }
        }
        contentItem: Item {
            Artwork {
                id: cover
                anchors { left: parent.left; leftMargin: 4; verticalCenter: parent.verticalCenter }
                height: 48
                width: mini.player.isMusic || mini.player.mediaId === "" ? 48 : 32
                radius: 4
                path: mini.player.artwork
                fallback: mini.player.isMusic ? "disc-3" : "film"
            }
            Column {
                anchors { left: cover.right; leftMargin: 12; right: parent.right; rightMargin: 8; verticalCenter: parent.verticalCenter }
                spacing: 2
                Label { width: parent.width; text: mini.player.title; weight: Font.Medium }
                Label {
                    width: parent.width
                    visible: text !== ""
                    text: mini.player.failed ? mini.player.problem : mini.player.waiting !== "" ? mini.player.waiting : mini.player.artist
                    color: mini.player.failed ? Theme.error : Theme.secondary
                    font.pixelSize: Theme.tiny
                }
            }
        }
    }
    Row {
        id: transport
        visible: true
        anchors { verticalCenter: parent.verticalCenter; left: mini.narrow ? what.right : what.right; leftMargin: mini.narrow ? 0 : 16 }
        spacing: 2
        ShuffleButton { visible: mini.orders; anchors.verticalCenter: parent.verticalCenter; player: mini.player; color: Theme.secondary }
        IconButton { visible: !mini.narrow; anchors.verticalCenter: parent.verticalCenter; iconName: "skip-back"; text: qsTr("Previous"); onClicked: mini.player.previous() }
        IconButton {
            anchors.verticalCenter: parent.verticalCenter
            width: 40; height: 40
            round: true
            filled: !mini.narrow
            iconName: mini.player.playing ? "pause" : "play"
            text: mini.player.playing ? qsTr("Pause") : qsTr("Play")
            shortcut: qsTr("Ctrl+Space")
            onClicked: mini.player.togglePause()
        }
        IconButton { anchors.verticalCenter: parent.verticalCenter; iconName: "skip-forward"; text: qsTr("Next"); enabled: mini.player.hasNext; onClicked: mini.player.next() }
        RepeatButton { visible: mini.orders; anchors.verticalCenter: parent.verticalCenter; player: mini.player; color: Theme.secondary }
    }
    Item {
        visible: !mini.narrow
        anchors { left: transport.right; leftMargin: 16; right: right.left; rightMargin: 16; top: parent.top; bottom: parent.bottom }
        Label { id: now; anchors { left: parent.left; verticalCenter: parent.verticalCenter } width: 52; horizontalAlignment: Text.AlignRight; text: mini.player.positionText; color: Theme.secondary; font.pixelSize: Theme.tiny }
        SeekBar { anchors { left: now.right; leftMargin: 12; right: length.left; rightMargin: 12; verticalCenter: parent.verticalCenter } player: mini.player; compact: true }
        Label { id: length; anchors { right: parent.right; verticalCenter: parent.verticalCenter } width: 52; text: mini.player.durationText; color: Theme.secondary; font.pixelSize: Theme.tiny }
    }
    Row {
        id: right
        visible: !mini.narrow
        anchors { right: parent.right; rightMargin: 16; verticalCenter: parent.verticalCenter }
        spacing: 4
        IconButton {
            iconName: mini.player.muted || mini.player.volume === 0 ? "volume-x" : mini.player.volume < 50 ? "volume-1" : "volume-2"
            text: mini.player.muted ? qsTr("Unmute") : qsTr("Mute")
            onClicked: mini.player.toggleMute()
        }
        Slide {
            visible: mini.width > Theme.widthCompact
            width: visible ? 96 : 0
            anchors.verticalCenter: parent.verticalCenter
            label: qsTr("Volume")
            value: mini.player.muted ? 0 : mini.player.volume / 100
            onMoved: mini.player.volume = value * 100
        }
        IconButton { visible: mini.player.isMusic; iconName: "list-music"; text: qsTr("Queue"); onClicked: mini.playerWanted() }
        IconButton { iconName: "x"; text: qsTr("Stop"); onClicked: mini.player.stop() }
    }
    Rectangle {
        visible: mini.narrow
        height: 2
        width: mini.player.duration > 0 ? parent.width * mini.player.position / mini.player.duration : 0
        color: Theme.accent
    }
}
