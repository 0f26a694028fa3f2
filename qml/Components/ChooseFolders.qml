import QtQuick
import Marea
import Marea.App

// At first: which folders of this computer have films and music.
FocusScope {
    id: form
    required property AppContext app
    signal backWanted()
    readonly property ComputerViewModel computer: app.computer
    implicitHeight: column.height
    Component.onCompleted: {
        computer.suggest()
        if (computer.chosen.length > 0) begin.focus = true
    }
    Column {
        id: column
        width: parent.width
        spacing: 12
        Column {
            width: parent.width
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Chosen folders")
            Repeater {
                model: form.computer.chosen
                SettingsRow {
                    required property var modelData
                    iconName: "folder-open"
                    title: modelData.name
                    detail: modelData.path
                    IconButton { iconName: "x"; iconSize: 16; color: Theme.secondary; text: qsTr("Leave out %1").arg(modelData.name); onClicked: form.computer.unchoose(modelData.path) }
                }
            }
        }
        FolderField { id: field; focus: !begin.focus; width: parent.width; app: form.app; onChosen: (path) => form.computer.choose(path) }
        Row {
            width: parent.width
            spacing: 8
            visible: form.computer.errorText !== ""
            Icon { name: "circle-alert"; color: Theme.error; size: 18 }
            Label { width: parent.width - 26; text: form.computer.errorText; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
        }
        AppButton {
            id: begin
            width: parent.width
            primary: true
            enabled: !form.computer.busy && form.computer.chosen.length > 0
            text: form.computer.busy ? qsTr("Opening the library…") : qsTr("Begin")
            onClicked: form.computer.addChosen()
        }
        AppButton { width: parent.width; quiet: true; text: qsTr("Use a server instead"); onClicked: form.backWanted() }
    }
}
