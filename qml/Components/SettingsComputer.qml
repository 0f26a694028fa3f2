import QtQuick
import Marea
import Marea.App

// This computer's own folders, and its library on the network.
Column {
    id: section
    required property AppContext app
    property string query: ""
    property bool narrow: false
    // Rows stay, with the keyboard on them, while what they say changes; one that goes says this last.
    readonly property var noRow: ({id: "", name: "", detail: "", path: "", problem: "", progress: -1, scanning: false})
    readonly property ComputerViewModel computer: app.computer
    Component.onCompleted: computer.watched = true
    Component.onDestruction: computer.watched = false

    Loader { id: confirm; active: false; sourceComponent: ConfirmSheet {} }
    Setting {
        query: section.query
        stacked: true
        title: qsTr("Folders on this computer")
        explanation: qsTr("Films, series and music in them are a library of their own, without a server. Removing one leaves its files as they are.")
        Column {
            width: section.width
            spacing: 4
            Repeater {
                model: section.computer.folders.length
                SettingsRow {
                    required property int index
                    readonly property var modelData: section.computer.folders[index] ?? section.noRow
                    iconName: modelData.scanning ? "activity" : modelData.problem !== "" ? "triangle-alert" : "folder-open"
                    bad: modelData.problem !== ""
                    title: modelData.name
                    detail: modelData.problem !== "" ? modelData.problem : modelData.detail + " · " + modelData.path
                    progress: modelData.progress
                    IconButton { enabled: !modelData.scanning; iconName: "refresh-cw"; iconSize: 18; color: Theme.secondary; text: qsTr("Scan %1 again").arg(modelData.name); onClicked: section.computer.scan(modelData.id) }
                    IconButton {
                        id: gone
                        iconName: "trash-2"; iconSize: 18; color: Theme.secondary
                        text: qsTr("Remove %1").arg(modelData.name)
                        onClicked: { confirm.active = true; confirm.item.ask(qsTr("Remove %1?").arg(modelData.name), qsTr("Its titles are no longer listed. The files in the folder stay."), qsTr("Remove"), () => section.computer.remove(modelData.id), gone) }
                    }
                }
            }
            FolderField { width: parent.width; app: section.app; onChosen: (path) => section.computer.add([path]) }
            Label { visible: text !== ""; width: parent.width; text: section.computer.errorText; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
        }
    }
    SettingsSharing { app: section.app; query: section.query; width: section.width }
    SettingsPeers { app: section.app; query: section.query; width: section.width }
}
