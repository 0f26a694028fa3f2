import QtQuick
import Marea
import Marea.App
import Marea.Player

// Where the engine draws. Made only while there is a picture, as the engine waits for its surface; and then moved, never
// made anew: a film without sound would end.
VideoItem {
    id: item
    required property PlayerViewModel player
    required property PictureWindow ownWindow
    engine: player.engine

    // In place of the picture, while that has a window of its own.
    Rectangle {
        anchors.fill: parent
        visible: item.ownWindow.open
        color: Theme.pictureBlack
        Column {
            anchors.centerIn: parent
            width: Math.min(parent.width - 32, 420)
            spacing: 16
            Icon { anchors.horizontalCenter: parent.horizontalCenter; name: "monitor-play"; size: item.height > 240 ? 40 : 24; color: Theme.onPictureSecondary }
            Label { visible: item.height > 160; width: parent.width; horizontalAlignment: Text.AlignHCenter; wrapMode: Text.Wrap; elide: Text.ElideNone; text: qsTr("The film is in a window of its own, for HDR."); color: Theme.onPicture; font.pixelSize: Theme.body }
            AppButton { anchors.horizontalCenter: parent.horizontalCenter; visible: item.height > 240; text: qsTr("Bring it back"); onClicked: item.ownWindow.toggle() }
        }
    }
}
