import QtQuick
import QtQuick.Templates as T
import Marea
import Marea.App

// A film that goes on in a corner while one looks around. The player puts its picture into `spot`.
T.AbstractButton {
    id: corner
    required property PlayerViewModel player
    readonly property alias spot: spot

    width: 320
    height: 180
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    text: player.title
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("Show the player: %1").arg(text)
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()
    background: Rectangle {
        color: Theme.pictureBlack
        FocusRing { shown: corner.visualFocus; offset: 3 }
    }
    contentItem: Item {
        Item { id: spot; anchors.fill: parent }
        Rectangle {
            anchors.fill: parent
            visible: corner.hovered || corner.visualFocus || !corner.player.playing
            color: Theme.pictureDim
            Icon { anchors.centerIn: parent; name: "maximize"; size: 28; color: Theme.onPicture }
        }
    }
}
