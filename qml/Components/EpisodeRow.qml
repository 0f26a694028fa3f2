import QtQuick
import QtQuick.Templates as T
import Marea

T.ItemDelegate {
    id: row
    required property int index
    required property string mediaId
    required property string kind
    required property string title
    required property string lead
    required property string artwork
    required property string durationText
    required property string overview
    required property double progress
    required property bool watched
    required property bool broken
    required property string problem
    readonly property bool ringed: ListView.isCurrentItem && ListView.view.activeFocus
    signal opened()
    signal played()

    implicitHeight: 108
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    onClicked: opened()
    Accessible.role: Accessible.ListItem
    Accessible.name: lead === "" ? title : lead + ". " + title
    Accessible.onPressAction: opened()
    background: Rectangle {
        radius: Theme.radiusCard
        color: row.hovered ? Theme.hover : "transparent"
        FocusRing { shown: row.ringed; offset: 0; radius: Theme.radiusCard }
    }
    Artwork {
        id: still
        x: 8
        anchors.verticalCenter: parent.verticalCenter
        width: 160; height: 90
        radius: Theme.radiusControl
        path: row.artwork
        fallback: "tv"
        Rectangle {
            visible: row.progress > 0 && row.progress < 1
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: 6 }
            height: 4; radius: 2; color: Theme.pictureTrack
            Rectangle { width: parent.width * row.progress; height: 4; radius: 2; color: Theme.pictureAccent }
        }
        IconButton { anchors.centerIn: parent; visible: row.hovered && !row.broken; round: true; filled: true; iconName: "play"; focusPolicy: Qt.NoFocus; text: qsTr("Play %1").arg(row.title); onClicked: row.played() }
    }
    Column {
        anchors { left: still.right; leftMargin: 16; right: time.left; rightMargin: 16; verticalCenter: parent.verticalCenter }
        spacing: 4
        Label { width: parent.width; text: row.lead === "" ? row.title : row.lead + ". " + row.title; weight: Font.Medium; font.pixelSize: Theme.body; color: row.broken ? Theme.disabled : Theme.text }
        Label { width: parent.width; text: row.broken ? row.problem : row.overview; color: Theme.secondary; wrapMode: Text.Wrap; maximumLineCount: 2; visible: text !== "" }
    }
    Row {
        id: time
        anchors { right: parent.right; rightMargin: 8; verticalCenter: parent.verticalCenter }
        spacing: 8
        Icon { visible: row.watched; name: "check"; size: 16; color: Theme.good; anchors.verticalCenter: parent.verticalCenter }
        Icon { visible: row.broken; name: "triangle-alert"; size: 16; color: Theme.warning; anchors.verticalCenter: parent.verticalCenter }
        Label { text: row.durationText; color: Theme.secondary }
    }
}
