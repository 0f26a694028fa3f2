import QtQuick
import Marea

// Below an album's tracks: who made them.
Column {
    id: credits
    objectName: "credits"
    property var entries: []   // {role, names}
    property bool narrow: false
    signal personChosen(string name)
    visible: entries.length > 0
    topPadding: 24
    spacing: 12

    Label {
        text: qsTr("Credits")
        font.pixelSize: Theme.heading
        weight: Font.DemiBold
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    Repeater {
        model: credits.entries
        Grid {
            id: entry
            required property var modelData
            width: credits.width
            columns: credits.narrow ? 1 : 2
            columnSpacing: 16
            rowSpacing: 4
            Label { id: role; width: credits.narrow ? entry.width : 140; height: Theme.target; verticalAlignment: Text.AlignVCenter; text: entry.modelData.role; color: Theme.secondary }
            Flow {
                width: entry.width - (credits.narrow ? 0 : role.width + entry.columnSpacing)
                spacing: 8
                Repeater {
                    model: entry.modelData.names
                    Chip {
                        required property string modelData
                        width: Math.min(implicitWidth, parent.width)
                        text: modelData
                        Accessible.name: qsTr("%1: %2").arg(entry.modelData.role).arg(modelData)
                        Accessible.description: qsTr("Search for this name")
                        onClicked: credits.personChosen(modelData)
                    }
                }
            }
        }
    }
}
