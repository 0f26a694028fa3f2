import QtQuick
import Marea

// The keys of the player.
Item {
    id: view
    signal closed()
    PlayerKeyNames { id: names }
    MouseArea { anchors.fill: parent; onClicked: view.closed() }
    Rectangle { anchors.fill: parent; color: Theme.scrim }
    Rectangle {
        anchors.centerIn: parent
        width: Math.min(parent.width - 32, 460)
        height: Math.min(parent.height - 32, column.height + 48)
        radius: Theme.radiusSheet
        color: Theme.pictureSheet
        clip: true
        Column {
            id: column
            x: 24; y: 24
            width: parent.width - 48
            spacing: 6
            Label { text: qsTr("Keys"); color: Theme.onPicture; font.pixelSize: Theme.heading; weight: Font.DemiBold; bottomPadding: 8 }
            Repeater {
                model: names.rows
                Row {
                    required property var modelData
                    width: column.width
                    Label { width: parent.width * 0.42; text: modelData[0]; color: Theme.onPicture; weight: Font.Medium }
                    Label { width: parent.width * 0.58; text: modelData[1]; color: Theme.onPictureSecondary }
                }
            }
        }
    }
}
