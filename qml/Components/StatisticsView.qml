import QtQuick
import Marea
import Marea.App

Rectangle {
    id: view
    required property PlayerViewModel player
    required property SettingsViewModel settings
    readonly property bool mendable: player.remedy !== ""
    width: 340
    height: column.height + 24
    radius: Theme.radiusCard
    color: Theme.pictureBadge
    Column {
        id: column
        x: 16; y: 12
        width: parent.width - 32
        spacing: 4
        AppButton {
            visible: view.mendable
            height: Theme.target
            text: view.player.remedy === "sound" ? qsTr("Leave the sound as it is") : qsTr("Take the limit away")
            Accessible.description: qsTr("Then the server sends it as it is, where this computer can play that.")
            onClicked: {
                if (view.player.remedy === "sound") view.settings.soundProfile = ""
                else view.settings.streamLimit = 0
                view.player.reload()
            }
        }
        Repeater {
            model: view.player.statistics
            Row {
                required property var modelData
                width: column.width
                Label { width: 110; text: modelData.name; color: Theme.onPictureSecondary; font.pixelSize: Theme.tiny }
                Label { width: parent.width - 110; text: modelData.value; color: Theme.onPicture; font.pixelSize: Theme.tiny; wrapMode: Text.Wrap; elide: Text.ElideNone }
            }
        }
    }
}
