import QtQuick
import Marea
import Marea.App

// Whether what is in the queue plays in another order than it stands there.
IconButton {
    id: button
    required property PlayerViewModel player
    iconName: "shuffle"
    checked: player.shuffle
    text: player.shuffle ? qsTr("Shuffle: on") : qsTr("Shuffle: off")
    onClicked: player.shuffle = !player.shuffle
}
