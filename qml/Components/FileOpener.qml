import QtQuick
import QtQuick.Dialogs
import Marea.App

// "Open file…": the system's dialog, made when first wanted.
Item {
    id: opener
    required property AppContext app
    function open() {
        dialog.active = true
        dialog.item.open()
    }
    Loader {
        id: dialog
        active: false
        sourceComponent: FileDialog {
            title: qsTr("Open file")
            currentFolder: opener.app.settings.mediaFolder
            fileMode: FileDialog.OpenFiles
            nameFilters: [qsTr("Films and music") + " (*.mkv *.mp4 *.m4v *.webm *.mov *.avi *.ts *.mpg *.ogv *.mp3 *.flac *.m4a *.m4b *.ogg *.opus *.oga *.wav *.wv *.ape *.aac *.ac3 *.mka)",
                          qsTr("All files") + " (*)"]
            onAccepted: opener.app.player.openFiles(selectedFiles)
        }
    }
}
