import QtQuick
import QtQuick.Templates as T
import Marea
import Marea.App

// One title of this computer: how far it is, and what can be done with it.
T.ItemDelegate {
    id: row
    required property OfflineViewModel offline
    required property int index
    required property string mediaId
    required property string title
    required property string subtitle
    required property string artwork
    required property string quality
    required property string sizeText
    required property string status
    required property string taskState
    required property double progress
    required property bool music
    readonly property bool going: ["waiting", "preparing", "loading"].includes(taskState)
    readonly property bool done: taskState === "done"
    readonly property bool ringed: ListView.isCurrentItem && ListView.view.activeFocus
    signal played()
    signal opened()
    signal removed()   // what is on its way is called off, what is here goes

    implicitHeight: 72
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    onClicked: done ? played() : opened()
    Accessible.role: Accessible.ListItem
    Accessible.name: [title, subtitle, quality, status].filter(s => s !== "").join(", ")
    Accessible.onPressAction: clicked()
    background: Rectangle {
        radius: Theme.radiusCard
        color: row.hovered ? Theme.hover : "transparent"
        FocusRing { shown: row.ringed; offset: 0; radius: Theme.radiusCard }
    }
    Artwork {
        id: cover
        x: 8
        anchors.verticalCenter: parent.verticalCenter
        height: 56
        width: row.music ? 56 : 38
        radius: 4
        path: row.artwork
        fallback: row.music ? "disc-3" : "film"
    }
    Column {
        anchors { left: parent.left; leftMargin: 80; right: end.left; rightMargin: 12; verticalCenter: parent.verticalCenter }
        spacing: 2
        Label { width: parent.width; text: row.title; weight: Font.Medium; font.pixelSize: Theme.body }
        Label {
            width: parent.width
            text: [row.subtitle, row.quality, row.done ? row.sizeText : row.status].filter(s => s !== "").join(" · ")
            color: row.taskState === "failed" ? Theme.error : row.taskState === "paused" ? Theme.warning : Theme.secondary
        }
        Rectangle {
            visible: row.going && row.progress >= 0
            width: Math.min(parent.width, 420); height: 3; radius: 2
            color: Theme.track
            Rectangle { width: parent.width * Math.max(0, Math.min(1, row.progress)); height: 3; radius: 2; color: Theme.accent }
        }
    }
    Row {
        id: end
        anchors { right: parent.right; rightMargin: 8; verticalCenter: parent.verticalCenter }
        IconButton { visible: row.done; focusPolicy: Qt.NoFocus; iconName: "play"; text: qsTr("Play %1").arg(row.title); onClicked: row.played() }
        IconButton { visible: row.going; focusPolicy: Qt.NoFocus; iconName: "pause"; text: qsTr("Pause"); onClicked: row.offline.pause(row.mediaId) }
        IconButton { visible: ["paused", "failed"].includes(row.taskState); focusPolicy: Qt.NoFocus; iconName: "rotate-cw"; text: qsTr("Go on"); onClicked: row.offline.resume(row.mediaId) }
        IconButton { focusPolicy: Qt.NoFocus; iconName: row.done ? "trash-2" : "x"; text: row.done ? qsTr("Remove from this computer") : qsTr("Cancel"); onClicked: row.removed() }
    }
}
