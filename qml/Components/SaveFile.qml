import QtQuick
import QtQuick.Dialogs

// Asks where something is to be written.
Loader {
    id: saver
    property url folder
    property var then: null
    active: false
    sourceComponent: FileDialog {
        fileMode: FileDialog.SaveFile
        onAccepted: saver.then(selectedFile)
    }
    function ask(title, name, what) {
        active = true
        then = what
        item.title = title
        item.currentFolder = folder
        item.selectedFile = folder + "/" + name
        item.open()
    }
}
