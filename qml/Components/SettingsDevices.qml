import QtQuick
import QtQuick.Dialogs
import Marea
import Marea.App

// Folders that are treated as devices.
Column {
    id: section
    required property AppContext app
    property string query: ""
    property bool narrow: false
    Loader {
        id: browser
        active: false
        sourceComponent: FolderDialog { title: qsTr("Choose a folder"); onAccepted: section.app.devices.addFolder(selectedFolder) }
    }
    Setting {
        query: section.query
        stacked: true
        title: qsTr("Folders as devices")
        explanation: qsTr("Phones, players and sticks are found by themselves. A folder that is named here is treated as one: a share, a card that is mounted elsewhere.")
        Column {
            width: section.width
            spacing: 4
            Repeater {
                model: section.app.devices.folders
                SettingsRow {
                    required property string modelData
                    iconName: "hard-drive"
                    title: modelData.split("/").filter(s => s !== "").pop() ?? modelData
                    detail: modelData
                    IconButton { iconName: "trash-2"; iconSize: 18; color: Theme.secondary; text: qsTr("Remove %1").arg(modelData); onClicked: section.app.devices.removeFolder(modelData) }
                }
            }
            AppButton { iconName: "folder-open"; text: qsTr("Add a folder…"); onClicked: { browser.active = true; browser.item.open() } }
        }
    }
}
