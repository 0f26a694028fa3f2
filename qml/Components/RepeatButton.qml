import QtQuick
import Marea
import Marea.App

// What comes after the last of the queue: nothing, the first again, or the same title all the time.
IconButton {
    id: button
    required property PlayerViewModel player
    iconName: "repeat"
    checked: player.repeat !== PlayerViewModel.Off
    text: player.repeat === PlayerViewModel.Off ? qsTr("Repeat: off") : player.repeat === PlayerViewModel.All ? qsTr("Repeat: all") : qsTr("Repeat: this one")
    onClicked: player.cycleRepeat()
    Label { anchors { right: parent.right; top: parent.top; margins: 4 } visible: button.player.repeat === PlayerViewModel.One; text: "1"; color: Theme.accent; font.pixelSize: Theme.tiny; weight: Font.DemiBold; Accessible.ignored: true }
}
