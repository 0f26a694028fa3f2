import QtQuick
import QtQuick.Templates as T
import Marea

// One title in a grid or a row: artwork, name, one line below, and how far it has been played.
T.ItemDelegate {
    id: card
    required property int index
    required property string mediaId
    required property string kind
    required property string title
    required property string subtitle
    required property string artwork
    required property double progress
    required property bool watched
    required property bool broken
    property real aspect: kind === "movie" || kind === "series" || kind === "season" ? 1.5 : kind === "episode" || kind === "video" ? 9 / 16 : 1
    property bool playable: false
    property string place: ""   // in another library
    readonly property bool ringed: activeFocus || (GridView.isCurrentItem && GridView.view.activeFocus) || (ListView.isCurrentItem && ListView.view.activeFocus)
    signal opened()
    signal played()

    implicitHeight: picture.height + 8 + 20 + 18
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    onClicked: opened()
    Accessible.role: Accessible.Button
    Accessible.name: subtitle === "" ? title : title + ", " + subtitle
    Accessible.onPressAction: opened()

    Item {
        id: picture
        width: card.width
        height: Math.round(card.width * card.aspect)
        Artwork {
            anchors.fill: parent
            path: card.artwork
            radius: card.kind === "artist" ? width / 2 : Theme.radiusCard
            initial: card.kind === "artist" ? card.title.charAt(0).toUpperCase() : ""
            fallback: ["album", "track", "audiobook"].includes(card.kind) ? "disc-3" : card.kind === "series" || card.kind === "episode" ? "tv" : "film"
        }
        Rectangle {
            anchors.fill: parent
            visible: card.hovered
            radius: card.kind === "artist" ? width / 2 : Theme.radiusCard
            color: Theme.pictureLight
        }
        IconButton {
            anchors { right: parent.right; bottom: parent.bottom; margins: 10 }
            visible: card.playable && card.hovered
            width: 44; height: 44
            round: true
            filled: true
            focusPolicy: Qt.NoFocus
            iconName: "play"
            iconSize: 22
            text: qsTr("Play %1").arg(card.title)
            onClicked: card.played()
        }
        Rectangle {
            visible: card.watched && card.kind !== "album"
            anchors { top: parent.top; right: parent.right; margins: 8 }
            width: 24; height: 24; radius: 12
            color: Theme.pictureBadge
            Icon { anchors.centerIn: parent; name: "check"; size: 14; color: Theme.onPicture }
        }
        Rectangle {
            visible: card.broken
            anchors { top: parent.top; left: parent.left; margins: 8 }
            width: 28; height: 28; radius: 14
            color: Theme.pictureBadge
            Icon { anchors.centerIn: parent; name: "triangle-alert"; size: 16; color: Theme.pictureWarning }
        }
        Rectangle {
            visible: card.progress > 0 && card.progress < 1
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: 8 }
            height: 4; radius: 2
            color: Theme.pictureTrack
            Rectangle { width: Math.max(4, parent.width * card.progress); height: parent.height; radius: 2; color: Theme.pictureAccent }
        }
        FocusRing { shown: card.ringed; radius: (card.kind === "artist" ? width / 2 : Theme.radiusCard + offset) }
    }
    Label {
        id: name
        anchors { top: picture.bottom; topMargin: 8; left: parent.left; right: parent.right }
        text: card.title
        weight: Font.Medium
        horizontalAlignment: card.kind === "artist" ? Text.AlignHCenter : Text.AlignLeft
    }
    Label {
        anchors { top: name.bottom; topMargin: 2; left: parent.left; right: parent.right }
        text: card.subtitle
        color: Theme.secondary
        font.pixelSize: Theme.tiny
        horizontalAlignment: name.horizontalAlignment
    }
    Loader {
        active: card.ringed && Theme.keyboard && name.truncated   // for the pointer there is one of the whole window
        anchors.fill: name
        sourceComponent: Tip { visible: true; text: card.title }
    }
}
