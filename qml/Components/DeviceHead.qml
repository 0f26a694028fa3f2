import QtQuick
import QtQuick.Dialogs
import Marea
import Marea.App

// A device's name, how full it is, what keeps it from being used.
Column {
    id: head
    required property DeviceViewModel device
    spacing: 12
    Loader {
        id: browser
        active: false
        visible: false
        sourceComponent: FolderDialog { title: qsTr("Where photos and videos go"); onAccepted: head.device.importTo(selectedFolder) }
    }
    Item {
        width: parent.width
        height: 48
        Icon { id: mark; anchors.verticalCenter: parent.verticalCenter; name: head.device.icon; size: 28; color: head.device.present ? Theme.accent : Theme.secondary }
        Label {
            anchors { left: mark.right; leftMargin: 12; right: buttons.left; rightMargin: 8; verticalCenter: parent.verticalCenter }
            text: head.device.name
            font.pixelSize: Theme.title
            weight: Font.DemiBold
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        Row {
            id: buttons
            anchors { right: parent.right; verticalCenter: parent.verticalCenter }
            IconButton { visible: head.device.present; enabled: head.device.state !== "syncing"; iconName: "refresh-cw"; color: Theme.secondary; text: qsTr("Look again"); onClicked: head.device.reload() }
            IconButton { visible: head.device.present; enabled: head.device.canImport; iconName: "image"; color: Theme.secondary; text: qsTr("Import photos and videos…"); onClicked: { browser.active = true; browser.item.open() } }
            IconButton { visible: head.device.canEject; iconName: "log-out"; color: Theme.secondary; text: qsTr("Eject %1").arg(head.device.name); onClicked: head.device.eject() }
        }
    }
    Label { width: parent.width; visible: text !== "" && warning.text === "" && head.device.state !== "reading"; text: head.device.statusText; color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone }
    StorageBar { width: parent.width; visible: parts.length > 0; parts: head.device.storage; planned: head.device.plannedShare; text: head.device.storageText }
    Label { id: warning; width: parent.width; visible: text !== ""; text: head.device.problemText; color: Theme.warning; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
    Flow {
        width: parent.width
        visible: warning.visible
        spacing: 8
        AppButton { visible: head.device.canRelease; text: qsTr("Ask it to let go"); onClicked: head.device.release() }
        AppButton { quiet: true; text: qsTr("Try again"); onClicked: head.device.reload() }
    }
}
