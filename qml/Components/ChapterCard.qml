import QtQuick
import QtQuick.Templates as T
import Marea

// A chapter in a row of them: its picture, its name, and when it begins.
T.ItemDelegate {
    id: card
    required property int index
    property var chapter: ({title: "", startText: "", sheet: "", part: ""})
    property real aspect: 9 / 16
    readonly property bool ringed: ListView.isCurrentItem && ListView.view.activeFocus
    signal opened()

    implicitHeight: picture.height + 8 + 20 + 18
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    onClicked: opened()
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("Play from %1, %2").arg(chapter.title).arg(chapter.startText)
    Accessible.onPressAction: opened()

    Artwork {
        id: picture
        width: card.width
        height: Math.round(card.width * card.aspect)
        path: card.chapter.sheet
        part: card.chapter.part
        Rectangle { anchors.fill: parent; visible: card.hovered; radius: Theme.radiusCard; color: Theme.pictureLight }
        Icon { anchors.centerIn: parent; visible: card.hovered; name: "play"; size: 28; color: Theme.onPicture }
        FocusRing { shown: card.ringed; radius: Theme.radiusCard + offset }
    }
    Label {
        id: name
        anchors { top: picture.bottom; topMargin: 8; left: parent.left; right: parent.right }
        text: card.chapter.title
        weight: Font.Medium
    }
    Label {
        anchors { top: name.bottom; topMargin: 2; left: parent.left; right: parent.right }
        text: card.chapter.startText
        color: Theme.secondary
        font.pixelSize: Theme.tiny
        tabular: true
    }
    Loader {
        active: card.ringed && Theme.keyboard && name.truncated   // for the pointer there is one of the whole window
        anchors.fill: name
        sourceComponent: Tip { visible: true; text: card.chapter.title }
    }
}
