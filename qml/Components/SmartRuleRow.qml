import QtQuick
import Marea
import Marea.App

// One rule: what of a title, how, and which value.
Flow {
    id: rule
    required property SmartRulesViewModel rules
    required property int index
    required property var modelData
    spacing: 8

    component Picker: Chip {
        id: picker
        property var choices: []
        property string current: ""
        property string says: ""
        signal picked(string value)
        chevron: true
        Accessible.name: says + ": " + text
        onClicked: menu.openAt(picker, false)
        ChoiceMenu {
            id: menu
            implicitWidth: 220
            choices: picker.choices.map(c => ({text: c.text, value: c.value, checked: c.value === picker.current}))
            onChosen: (value) => picker.picked(value)
        }
    }
    Label {
        visible: rule.modelData.kept
        height: Theme.target
        verticalAlignment: Text.AlignVCenter
        width: Math.min(implicitWidth, rule.width - 52)
        text: qsTr("A rule that is not edited here; it is kept.")
        color: Theme.secondary
    }
    Picker { visible: !rule.modelData.kept; text: rule.modelData.fieldText; current: rule.modelData.field; says: qsTr("Field"); choices: rule.rules.fieldChoices; onPicked: (value) => rule.rules.setField(rule.index, value) }
    Picker { visible: !rule.modelData.kept && choices.length > 1; text: rule.modelData.opText; current: rule.modelData.op; says: qsTr("Comparison"); choices: rule.rules.opChoices(rule.index); onPicked: (value) => rule.rules.setOp(rule.index, value) }
    Picker { visible: !rule.modelData.kept && rule.modelData.type === "choice"; text: rule.modelData.value; says: qsTr("Value"); choices: rule.rules.valueChoices(rule.index); onPicked: (value) => rule.rules.setValue(rule.index, value) }
    Field {
        visible: !rule.modelData.kept && rule.modelData.type !== "choice"
        width: rule.modelData.type === "text" ? 190 : 110
        height: Theme.target
        label: qsTr("Value")
        placeholderText: rule.modelData.op === "between" ? qsTr("2000 – 2010") : rule.modelData.type === "days" ? qsTr("Days") : ""
        Component.onCompleted: text = rule.modelData.value   // no binding, which would undo what is typed
        onTextEdited: rule.rules.setValue(rule.index, text)
    }
    IconButton { iconName: "x"; iconSize: 16; color: Theme.secondary; text: qsTr("Remove this rule"); onClicked: rule.rules.removeRule(rule.index) }
}
