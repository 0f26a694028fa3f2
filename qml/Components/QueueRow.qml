import QtQuick
import QtQuick.Templates as T
import Marea

// One entry of the queue, over the picture's colours.
T.ItemDelegate {
    id: row
    required property int index
    required property string title
    required property string artist
    required property string durationText
    required property bool playing
    property bool paused: false
    signal jumped()
    signal removed()
    signal moved(int by)   // dragged to another place, so many rows on

    z: drag.active ? 1 : 0
    opacity: drag.active ? 0.8 : 1
    transform: Translate { y: drag.active ? drag.translation.y : 0 }
    DragHandler {
        id: drag
        target: null
        xAxis.enabled: false
        onActiveChanged: if (active) last = 0; else row.moved(Math.round(last / row.height))
        property real last: 0
        onTranslationChanged: if (active) last = translation.y
    }

    implicitHeight: 52
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    onClicked: jumped()
    Accessible.role: Accessible.ListItem
    Accessible.name: artist === "" ? title : title + ", " + artist
    Accessible.onPressAction: jumped()
    background: Rectangle {
        radius: Theme.radiusControl
        color: row.playing ? Theme.pictureRow : row.hovered ? Theme.pictureRowHover : "transparent"
        FocusRing { shown: row.ListView.isCurrentItem && row.ListView.view.activeFocus; offset: 0 }
    }
    Item {
        id: lead
        width: 40
        height: parent.height
        Label { anchors.centerIn: parent; text: row.index + 1; color: Theme.onPictureSecondary; visible: !row.playing }
        Icon { anchors.centerIn: parent; name: row.paused ? "pause" : "audio-lines"; size: 16; color: Theme.pictureAccent; visible: row.playing }
    }
    Column {
        anchors { left: lead.right; right: end.left; rightMargin: 12; verticalCenter: parent.verticalCenter }
        spacing: 2
        Label { width: parent.width; text: row.title; color: Theme.onPicture; weight: row.playing ? Font.Medium : Font.Normal }
        Label { width: parent.width; text: row.artist; color: Theme.onPictureSecondary; font.pixelSize: Theme.tiny; visible: text !== "" }
    }
    Item {
        id: end
        anchors { right: parent.right; rightMargin: 8; verticalCenter: parent.verticalCenter }
        width: 48
        height: parent.height
        Label { anchors { right: parent.right; verticalCenter: parent.verticalCenter } text: row.durationText; color: Theme.onPictureSecondary; font.pixelSize: Theme.tiny; visible: !row.hovered || row.playing }
        IconButton { anchors { right: parent.right; verticalCenter: parent.verticalCenter } visible: row.hovered && !row.playing; focusPolicy: Qt.NoFocus; iconName: "x"; iconSize: 16; color: Theme.onPicture; hoverColor: Theme.pictureHover; text: qsTr("Take out of the queue"); onClicked: row.removed() }
    }
}
