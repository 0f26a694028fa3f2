import QtQuick
import QtQuick.Dialogs
import Marea
import Marea.App

// A folder on this computer: typed, or chosen in the system's dialog, which is made when first wanted.
Flow {
    id: chooser
    required property AppContext app
    property alias field: path
    signal chosen(string path)
    spacing: 8
    function take() {
        if (path.text.trim() === "") return
        chosen(path.text)
        path.clear()
    }
    Loader {
        id: browser
        active: false
        sourceComponent: FolderDialog {
            title: qsTr("Choose a folder")
            currentFolder: chooser.app.settings.mediaFolder
            onAccepted: chooser.chosen(chooser.app.settings.pathOf(selectedFolder))
        }
    }
    Field { id: path; width: Math.max(180, Math.min(340, chooser.width - addButton.width - browse.width - 16)); label: qsTr("Folder"); placeholderText: qsTr("/srv/media/Music"); iconName: "folder-open"; onAccepted: chooser.take() }
    AppButton { id: addButton; text: qsTr("Add"); enabled: path.text.trim() !== ""; onClicked: chooser.take() }
    AppButton { id: browse; text: qsTr("Browse…"); onClicked: { browser.active = true; browser.item.open() } }
}
